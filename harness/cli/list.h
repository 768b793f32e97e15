/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What 'scxbench list --names' names; NULL-terminated. */
extern const char *const list_kinds[];
