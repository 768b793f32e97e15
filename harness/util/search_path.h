/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gnuplot, dot, cp, perf and the commands of policies are found by PATH. Root runs what it finds there, so
 * for root PATH is kept to folders in which only root can put a program, and to those of the system.
 */
#pragma once
#include <stdbool.h>

/* Drops the other folders, those that are there with a warning. Does nothing for any other user. */
void search_path_guard(void);
/* One of the folders that are never dropped. */
bool search_path_is_system(const char *folder);
/* Is there such a program in PATH that we may execute? */
bool search_path_has(const char *program);
