/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside report/ only: the parts of fleet.html; each puts its own HTML. */
#pragma once
#include "report/fleet.h"
#include "text/buf.h"

void fleet_matrix(struct buf *b, const struct fleet_page *p, const char *out_dir);
void fleet_classes(struct buf *b, const struct fleet_page *p, const char *out_dir);
void fleet_forest(struct buf *b, const struct fleet_page *p, const char *out_dir);
void fleet_reliability(struct buf *b, const struct fleet_page *p, const char *out_dir);
void fleet_custody_table(struct buf *b, const struct fleet_page *p, const char *out_dir);
void fleet_nights_table(struct buf *b, const struct fleet_page *p, const char *out_dir);
void fleet_machines(struct buf *b, const struct fleet_page *p,
		    const char *out_dir); /* links to their pages in out_dir */

/* A cell of a table: begins its <td>, puts ratio, verdict and what is beside them, and ends it. */
void fleet_part_cell(struct buf *b, const struct fleet_view *f, unsigned work, const struct fleet_part *part);
/* <th scope="row"> or <td class="text">; takes the text over. */
void fleet_head_cell(struct buf *b, char *text);
void fleet_text_cell(struct buf *b, char *text);
/* A column for each policy. */
void fleet_policy_heads(struct buf *b, const struct fleet_view *f, const char *first);
