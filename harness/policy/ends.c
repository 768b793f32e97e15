/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/ends.h"
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include "policy/exit_said.h"
#include "record/ejection.h"
#include "text/buf.h"

/* A word in braces is told from the facts, see tell[]. */
static const struct {
	enum status status;
	bool early; /* it went before its time: the record has how */
	const char *sentence;
} ends[NR_ENDS] = {
	[END_NOT_ATTACHED] = { STATUS_FAILED, false, "the kernel does not attach it{said}" },
	[END_NOT_IN] = { STATUS_FAILED, false,
			 "it was attached, and did not become {ops} in the kernel{said}" },
	[END_NO_SCHEDULER] = { STATUS_FAILED, false,
			       "the command ended with exit code {code} and attached no scheduler{last}" },
	[END_KILLED_FIRST] = { STATUS_FAILED, false,
			       "the command was ended by {signal} before it attached a scheduler{last}" },
	[END_LATE] = { STATUS_FAILED, false,
		       "the command attached no scheduler within {limit} (--attach-limit){last}" },
	[END_TWICE] = { STATUS_FAILED, false,
			"the command attached more than one scheduler, one after the other{other}: it must attach one "
			"and keep it" },
	[END_EJECTED] = { STATUS_EJECTED, true, "{exit}" },
	[END_BY_ITSELF] = { STATUS_FAILED, true,
			    "the scheduler went out by itself after {after}: exit code {exitcode}{message}" },
	[END_WITHDRAWN] = { STATUS_FAILED, true,
			    "the command took its scheduler out by itself after {after}, and ran on{last}" },
	[END_EXITED] = { STATUS_FAILED, true,
			 "the command ended by itself after {after} with exit code {code}, and its scheduler with "
			 "it{last}" },
	[END_KILLED] = { STATUS_FAILED, true,
			 "the command was ended by {signal} after {after}, and its scheduler with it{last}" },
	[END_REATTACHED] = { STATUS_VOID, true, "the command attached its scheduler again after {after}" },
	[END_REPLACED] = { STATUS_VOID, true,
			   "the command replaced its scheduler {ops} after {after}{other}" },
	[END_DETACHED] = { STATUS_VOID, true, "somebody else took the policy out after {after}" },
	[END_TAKEN_OVER] = { STATUS_VOID, true,
			     "somebody else took the policy out after {after} and attached another{other}" },
	[END_LOST] = { STATUS_VOID, false,
		       "the policy was detached after {after}: the process that holds it was killed, or had no sign "
		       "of life from us" },
	[END_UNKNOWN] = { STATUS_FAILED, true, "the policy went out after {after}, and nothing says why" },
	[END_LEFT_IN] = { STATUS_FAILED, false,
			  "the command ended and left its scheduler {ops} in{held}: it must stay in the "
			  "foreground" },
	[END_OUTLIVED] = { STATUS_FAILED, false, "the scheduler {ops} did not end with its command{held}" },
};

static void tell_quoted(struct buf *b, const char *before, const char *text)
{
	if (text && *text)
		buf_printf(b, "%s'%s'", before, text);
}

static void tell_after(struct buf *b, const char *before, const char *text)
{
	if (text && *text)
		buf_printf(b, "%s%s", before, text);
}

static void tell_ops(struct buf *b, const struct end_facts *f)
{
	tell_quoted(b, "", f->ops && *f->ops ? f->ops : "?");
}

static void tell_other(struct buf *b, const struct end_facts *f)
{
	tell_quoted(b, " (in is ", f->other);
	buf_put(b, f->other && *f->other ? ")" : "");
}

static void tell_last(struct buf *b, const struct end_facts *f)
{
	tell_after(b, "; its last line: ", f->last);
}

static void tell_said(struct buf *b, const struct end_facts *f)
{
	tell_after(b, ": ", f->said);
}

static void tell_held(struct buf *b, const struct end_facts *f)
{
	tell_after(b, ", ", f->held_by);
}

static void tell_time(struct buf *b, const struct end_facts *f)
{
	buf_printf(b, "%.3g s", f->after_s);
}

static void tell_limit(struct buf *b, const struct end_facts *f)
{
	buf_printf(b, "%g s", f->limit_s);
}

static void tell_code(struct buf *b, const struct end_facts *f)
{
	buf_printf(b, "%d", WEXITSTATUS(f->status));
}

static void tell_signal(struct buf *b, const struct end_facts *f)
{
	buf_printf(b, "signal %d (%s)", WTERMSIG(f->status), strsignal(WTERMSIG(f->status)));
}

static void tell_exit(struct buf *b, const struct end_facts *f)
{
	char *text = ejection_text(&f->exit);

	buf_put(b, text);
	free(text);
}

static void tell_exit_code(struct buf *b, const struct end_facts *f)
{
	buf_printf(b, "%lld", (long long)f->exit.code);
}

static void tell_message(struct buf *b, const struct end_facts *f)
{
	tell_after(b, ": ", f->exit.msg);
}

static const struct {
	const char *word;
	void (*tell)(struct buf *b, const struct end_facts *f);
} words[] = {
	{ "ops}", tell_ops },	{ "other}", tell_other },     { "last}", tell_last },
	{ "said}", tell_said }, { "held}", tell_held },	      { "after}", tell_time },
	{ "code}", tell_code }, { "signal}", tell_signal },   { "limit}", tell_limit },
	{ "exit}", tell_exit }, { "message}", tell_message }, { "exitcode}", tell_exit_code },
};

static const char *tell_word(struct buf *b, const char *word, const struct end_facts *f)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strncmp(word, words[i].word, strlen(words[i].word)))
			words[i].tell(b, f);
	return strchr(word, '}') + 1;
}

char *ends_text(enum end end, const struct end_facts *f)
{
	struct buf b = { 0 };

	for (const char *at = ends[end].sentence; *at;) {
		size_t plain = strcspn(at, "{");

		buf_printf(&b, "%.*s", (int)plain, at);
		at += plain;
		if (*at)
			at = tell_word(&b, at + 1, f);
	}
	return buf_take(&b);
}

void ends_note(enum end end, struct end_facts *f, struct record *r)
{
	if (end == END_AS_ASKED)
		return;
	r->status = ends[end].status;
	free(r->why);
	r->why = ends_text(end, f);
	if (!ends[end].early)
		return;
	exit_forget(&r->ejection);
	r->ejection = f->exit;
	r->ejection.after_s = f->after_s;
	if (!r->ejection.kind)
		r->ejection.kind = EXIT_UNKNOWN;
	f->exit = (struct ejection){ 0 };
}
