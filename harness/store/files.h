/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside store/ only: the files of a run that lie beside the database, in runs/<id>/. */
#pragma once
#include "store/db.h"

/* run.json is written again with the tags that the database has; without one there is nothing to do. */
int files_tell_tags(struct store *s, const char *id);
/* All bytes below the directory; 0 without one. */
uint64_t files_bytes(const struct store *s, const char *id);
int files_remove(const struct store *s, const char *id);
