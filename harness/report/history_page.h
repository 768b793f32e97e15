/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "judge/history.h"

/* out_dir/history.html, its pictures inside it. Logs the cause and returns a negative errno. */
int history_page(const char *home, const struct history *h, const char *out_dir);
