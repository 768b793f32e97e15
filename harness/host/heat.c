/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Temperatures of CPUs. */
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host/preflight.h"
#include "util/fs.h"
#include "util/mem.h"

/* Drives and radios have sensors too; these names are of CPUs. */
static bool is_of_cpu(const char *name)
{
	static const char *const known[] = {
		"coretemp", "k10temp", "zenpower", "x86_pkg_temp", "cpu", "TCPU"
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strncmp(name, known[i], strlen(known[i])))
			return true;
	return false;
}

/* Is the sensor's file beside one that names a chip or zone of a CPU? */
static bool belongs_to_cpu(const char *sensor, const char *name_file)
{
	char *path = mem_printf("%.*s/%s", (int)(strrchr(sensor, '/') - sensor), sensor, name_file),
	     *name = NULL;
	bool is = !fs_read_line(path, &name) && is_of_cpu(name);

	free(path);
	free(name);
	return is;
}

/*
 * The highest value in files of a pattern, from millidegrees. A sensor that can't be read (asleep, absent) is
 * left out.
 */
static double hottest(const char *pattern, const char *name_file)
{
	double max = NAN;
	uint64_t value;
	glob_t g = { 0 };

	if (!glob(fs_sys("%s", pattern), 0, NULL, &g))
		for (size_t i = 0; i < g.gl_pathc; i++)
			if (belongs_to_cpu(g.gl_pathv[i], name_file) && !fs_read_u64(g.gl_pathv[i], &value))
				max = fmax(max, value / 1000.0);
	globfree(&g);
	return max;
}

double preflight_celsius(void)
{
	double max = hottest("/sys/class/hwmon/hwmon*/temp*_input", "name");

	return isnan(max) ? hottest("/sys/class/thermal/thermal_zone*/temp", "type") : max;
}
