/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "util/cause.h"
#include "util/parse.h"
#include "util/scan.h"

/* What no form of a number has, whatever its unit; # is where the unit goes. */
static const char *const bad[] = {
	"#",	"-1#",	     "+1#", " 1#", "\t1#", "1# ", "1#1", "0x10#",  "1e3#",   "1e999#", "nan#", "NAN#",
	"inf#", "infinity#", "x#",  "--#", "1,5#", ".5#", "5.#", "1.2.3#", "1 000#", "1'000#", "1_0#",
};

static const char *with_unit(const char *form, const char *unit)
{
	static char text[64];
	const char *at = strchr(form, '#');

	snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - form), form, unit, at + 1);
	return text;
}

static void a_bad_number_is_refused_in_every_form(void **state)
{
	double x = 42;
	uint64_t n = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		bool is_plain = !strcmp(bad[i], "1#1"); /* without a unit that is eleven */

		assert_true(is_plain || !scan_count(with_unit(bad[i], ""), &n));
		assert_true(is_plain || !scan_number(with_unit(bad[i], ""), &x));
		assert_false(scan_percent(with_unit(bad[i], "%"), &x));
		assert_false(scan_duration(with_unit(bad[i], "s"), &x));
		assert_false(scan_bytes(with_unit(bad[i], "G"), &n));
	}
	assert_true(x == 42 && n == 42);
}

static void what_does_not_fit_is_refused(void **state)
{
	char huge[512];
	double x;
	uint64_t n;

	(void)state;
	memset(huge, '9', sizeof(huge));
	strcpy(huge + sizeof(huge) - 2, "%");
	assert_false(scan_percent(huge, &x));
	strcpy(huge + sizeof(huge) - 2, "h");
	assert_false(scan_duration(huge, &x));
	strcpy(huge + sizeof(huge) - 2, "9");
	assert_false(scan_number(huge, &x));
	assert_false(scan_count(huge, &n));
}

static void counts_are_whole_and_fit(void **state)
{
	static const struct {
		const char *text;
		bool good;
		uint64_t value;
	} cases[] = {
		{ "0", true, 0 },
		{ "007", true, 7 },
		{ "18446744073709551615", true, UINT64_MAX },
		{ "18446744073709551616", false, 0 },
		{ "1.5", false, 0 },
		{ "1K", false, 0 },
	};
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(scan_count(cases[i].text, &n), cases[i].good);
		assert_true(!cases[i].good || n == cases[i].value);
	}
}

static void units_are_what_they_are(void **state)
{
	static const struct {
		bool (*scan)(const char *text, double *x);
		const char *text;
		double value; /* negative: refused */
	} cases[] = {
		{ scan_number, "0.25", 0.25 }, { scan_number, "3", 3 },		 { scan_number, "3s", -1 },
		{ scan_percent, "5%", 0.05 },  { scan_percent, "0.5 %", 0.005 }, { scan_percent, "100%", 1 },
		{ scan_percent, "5", -1 },     { scan_percent, "5%%", -1 },	 { scan_duration, "90s", 90 },
		{ scan_duration, "1.5m", 90 }, { scan_duration, "8h", 28800 },	 { scan_duration, "8", -1 },
		{ scan_duration, "8d", -1 },   { scan_duration, "8 h", -1 },
	};
	double x;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		x = -1;
		assert_int_equal(cases[i].scan(cases[i].text, &x), cases[i].value >= 0);
		assert_true(x == cases[i].value);
	}
}

static void bytes_fit(void **state)
{
	uint64_t n;

	(void)state;
	assert_true(scan_bytes("4096", &n) && n == 4096);
	assert_true(scan_bytes("1K", &n) && n == 1024);
	assert_true(scan_bytes("9000T", &n) && n == 9000ULL << 40);
	assert_true(scan_bytes("9223372036854775807", &n) && n == INT64_MAX);
	assert_false(scan_bytes("9223372036854775808", &n));
	assert_false(scan_bytes("8388608T", &n));
	assert_false(scan_bytes("1k", &n));
	assert_false(scan_bytes("1KB", &n));
	assert_false(scan_bytes("1.5G", &n));
}

static void limits_are_kept(void **state)
{
	const struct counts counts = { 2, 10 };
	const struct range range = { 0.1, 50 };
	uint64_t n;
	double x;

	(void)state;
	assert_int_equal(parse_count("n", "2", counts, &n), 0);
	assert_int_equal(parse_count("n", "10", counts, &n), 0);
	assert_int_equal(parse_count("n", "1", counts, &n), -CAUSE_USAGE);
	assert_int_equal(parse_count("n", "11", counts, &n), -CAUSE_USAGE);
	assert_int_equal(parse_number("x", "0.1", range, &x), 0);
	assert_int_equal(parse_number("x", "0.09", range, &x), -CAUSE_USAGE);
	assert_int_equal(parse_seconds("x", "50", range, &x), 0);
	assert_int_equal(parse_seconds("x", "50.1", range, &x), -CAUSE_USAGE);
	assert_int_equal(parse_percent("p", "0.1%", range, &x), 0);
	assert_int_equal(parse_percent("p", "50%", range, &x), 0);
	assert_int_equal(parse_percent("p", "51%", range, &x), -CAUSE_USAGE);
	assert_int_equal(parse_percent("p", "0%", range, &x), -CAUSE_USAGE);
	assert_int_equal(parse_duration("d", "168h", 168, &x), 0);
	assert_int_equal(parse_duration("d", "0s", 168, &x), -CAUSE_USAGE);
	assert_int_equal(parse_duration("d", "169h", 168, &x), -CAUSE_USAGE);
	assert_int_equal(parse_bytes("b", "0", &n), -CAUSE_USAGE);
	assert_int_equal(parse_bytes("b", "20G", &n), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_number_is_refused_in_every_form),
		cmocka_unit_test(what_does_not_fit_is_refused),
		cmocka_unit_test(counts_are_whole_and_fit),
		cmocka_unit_test(units_are_what_they_are),
		cmocka_unit_test(bytes_fit),
		cmocka_unit_test(limits_are_kept),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
