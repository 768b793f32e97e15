/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Publishes reports: DIR/<run>/ is a copy of results/report/<run>/ with the gate's page and JUnit XML beside
 * index.html, DIR/latest a link to the newest, and beside them the pages of all runs (report/index.h). A
 * reader sees a whole report at any moment: a copy gets its name, and the link its new target, by rename.
 */
#pragma once

#define PUBLISH_PAGE "regress.txt" /* in a run's files, and published */
#define PUBLISH_JUNIT "regress.xml"
#define PUBLISH_BRIEF "regress.brief" /* until it is part of the message */
#define PUBLISH_MAIL "mail.txt"	      /* in a run's files */

struct publish {
	const char *dir;
	double limit_s; /* the longest that one copy may take, 0: any time */
};

/* Negative errno, logged; nothing is published then. -EEXIST: that run is there already. */
int publish_report(const char *results, const char *id, const struct publish *p);
/* Removes DIR/<run>, if it is there. */
void publish_remove(const char *dir, const char *id);
