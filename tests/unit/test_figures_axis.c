/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Axes of figures: units that fit, thousands in groups, no more tics than there is room for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "figures/axis.h"
#include "text/buf.h"

static void has_tics(const struct buf *gp, const char *tics)
{
	if (!strstr(gp->text, tics))
		fail_msg("%s is not in: %s", tics, gp->text);
}

static void no_axis_of_times_begins_below_zero(void **state)
{
	struct span near_zero = span_around(1, 1000, 0.04), below = span_around(-10, 10, 0.1);
	struct span point = span_around(5, 5, 0.1);

	(void)state;
	assert_true(near_zero.from == 0 && near_zero.to > 1000);
	assert_true(below.from == -12 && below.to == 12);
	assert_true(point.from < 5 && point.to > 5);
}

static void a_time_is_read_in_the_unit_that_fits(void **state)
{
	static const struct {
		const char *unit;
		double most;
		const char *fits;
		double per;
	} cases[] = {
		{ "us", 180000, "ms", 1e-3 },
		{ "us", 999, "us", 1 },
		{ "us", 1000, "ms", 1e-3 },
		{ "us", 5e6, "s", 1e-6 },
		{ "us", 0.2, "ns", 1e3 },
		{ "s", 0.4, "ms", 1e3 },
		{ "s", 86400, "s", 1 },
		{ "ns", 0, "ns", 1 },
		{ "count", 1e9, "count", 1 },
		{ "loops/s", 0.1, "loops/s", 1 },
		{ "", 5, "", 1 },
		{ "us a run", 24000, "ms a run", 1e-3 },
		{ "us/s", 8e5, "ms/s", 1e-3 },
		{ "usual", 9, "usual", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct scale s = scale_of(cases[i].unit, cases[i].most);

		char *unit = scale_unit(&s);

		assert_string_equal(unit, cases[i].fits);
		free(unit);
		assert_float_equal(s.per, cases[i].per, 1e-9 * s.per);
	}
}

/* Tics stand at places in the unit of the values. */
static void tics_of_a_line(void **state)
{
	static const struct {
		struct axis axis;
		const char *unit, *tics;
	} cases[] = {
		{ { "x", "us", { 0, 180000 }, 40, 16 },
		  "ms",
		  "x_tics = \"('0' 0, '50' 50000, '100' 100000, '150' 150000)\"\n" },
		{ { "x", "count", { 1e6, 1.2e6 }, 60, 16 },
		  "count",
		  "x_tics = \"('1,000,000' 1000000, '1,050,000' 1050000, '1,100,000' 1100000, '1,150,000' "
		  "1150000, '1,200,000' 1200000)\"\nx_few = \"('1,000,000' 1000000, '1,200,000' 1200000)\"\nx_long = 9\n" },
		{ { "y", "", { 0.9876, 1.0123 }, 0, 0 },
		  "",
		  "y_tics = \"('0.990' 0.99, '0.995' 0.995, '1.000' 1, '1.005' 1.005, '1.010' 1.01)\"\n" },
		{ { "y", "s", { -0.6, 1.3 }, 0, 0 }, "s", "('-0.5' -0.5, '0.0' 0, '0.5' 0.5, '1.0' 1)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf gp = { 0 };

		char *unit = axis_linear(&gp, &cases[i].axis);

		assert_string_equal(unit, cases[i].unit);
		free(unit);
		has_tics(&gp, cases[i].tics);
		free(gp.text);
	}
}

static void tics_of_a_logarithmic_axis(void **state)
{
	static const struct {
		struct axis axis;
		const char *tics;
	} cases[] = {
		{ { "y", "us", { 9, 75 }, 0, 0 }, "y_tics = \"('10 us' 10, '20 us' 20, '50 us' 50)\"\n" },
		{ { "y", "us", { 4, 2.2e6 }, 0, 0 },
		  "('10 us' 10, '100 us' 100, '1 ms' 1000, '10 ms' 10000, '100 ms' 100000, '1 s' 1000000)" },
		{ { "y", "us", { 900, 2100 }, 0, 0 }, "('1.0 ms' 1000, '1.2 ms' 1200" },
		{ { "x", "", { 0.94, 1.045 }, 40, 12 }, "('0.94' 0.94, '0.96' 0.96, '0.98' 0.98, '1.00' 1" },
		{ { "x", "", { 0.2, 20 }, 40, 12 },
		  "('0.2' 0.2, '0.5' 0.5, '1' 1, '2' 2, '5' 5, '10' 10, '20' 20)" },
		{ { "x", "", { 0.2, 20 }, 40, 12 }, "x_few = \"('1' 1, '10' 10)\"" },
		{ { "y", "loops", { 900, 21000 }, 0, 0 }, "('1,000' 1000, '2,000' 2000" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf gp = { 0 };

		axis_log(&gp, &cases[i].axis);
		has_tics(&gp, cases[i].tics);
		free(gp.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_axis_of_times_begins_below_zero),
		cmocka_unit_test(a_time_is_read_in_the_unit_that_fits),
		cmocka_unit_test(tics_of_a_line),
		cmocka_unit_test(tics_of_a_logarithmic_axis),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
