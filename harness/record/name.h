/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The names that a run and its samples have, one rule for each kind. Every door keeps to it: options, files,
 * imports and a database that is opened. Pure.
 */
#pragma once

enum name_kind {
	NAME_ANY, /* no rule */
	/*
	 * A run's id becomes the name of a directory, and a run is asked for by its id or by a tag: so an id
	 * is never a word that means a run, nor the name of a page.
	 */
	NAME_RUN,
	NAME_TAG,
	NAME_TAGS,     /* with commas between; NULL: none */
	NAME_POLICY,   /* as given, or an arm; such texts may have blanks */
	NAME_WORKLOAD, /* as given */
	NAME_METRIC,   /* of a histogram as well */
	NAME_UNIT,     /* may be empty */
	NAME_HOST,     /* a machine */
	NAME_PLACE,    /* of a plan or a place, for people */
};

/* NULL, or the rule that the text breaks, in words. */
const char *name_fault(enum name_kind kind, const char *text);
