/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The directory that holds schedulers/, workloads/ and plots/: SCXBENCH_HOME, else the program's own. */
const char *home_dir(void);
