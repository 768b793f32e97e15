/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "scxbench mcp" reads for an agent. Nothing is written anywhere. */
#pragma once
#include "mcp/mcp.h"

/* ctx of both, for struct mcp. */
struct mcp_ask {
	const char *results;
};
/* Runs the command in a process of its own, so that nothing that it meets ends the server. */
void mcp_ask_command(void *ctx, const char *const *words, struct mcp_found *found);
/* Of results/report/RUN/fig/. */
void mcp_ask_figure(void *ctx, const char *run, const char *name, struct mcp_found *found);
