/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nightly.conf */
#include "fuzz.h"
#include "nightly/nightly_conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct night_conf conf = { 0 };

	night_conf_read(&conf, fuzz_file("nightly.conf", data, size));
	night_conf_free(&conf);
	return 0;
}
