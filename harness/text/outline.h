/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The headings of a finished page, as places that can be linked to. Pure. What is from outside is escaped, so
 * a "<h2>" in the page is a heading of ours.
 */
#pragma once

/* Where a page wants its contents. */
#define OUTLINE_HERE "<!-- contents -->"

/*
 * The page, to be freed, in which every heading below h1 links to itself: by the id that it has, by that of
 * the figure that it begins, or by one made of its text and of the heading that it is a part of. At
 * OUTLINE_HERE stands a list of the h2, each with its h3.
 */
char *outline_make(const char *page);
