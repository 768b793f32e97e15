/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ids and tags of a whole database: they name folders and runs, so no door may bring in others. */
#pragma once
#include "store/db.h"

/* Of a database that is opened; -CAUSE_DAMAGED, logged. */
int names_check(struct store *s);
/* Of a run that is to be added: its id is not a tag here, none of its tags an id. -CAUSE_EXISTS, logged. */
int names_free(struct store *s, const struct run *r);
