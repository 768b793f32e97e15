/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside store/ only: the files of a run beside the database, in runs/<id>/. */
#pragma once
#include "store/db.h"

/* Rewrites run.json with the tags and the ruling of the database. Does nothing without a run.json. */
int files_write_marks(struct store *s, const char *id);
/* Bytes of all files below the directory; 0 without one. */
uint64_t files_bytes(const struct store *s, const char *id);
int files_remove(const struct store *s, const char *id);
