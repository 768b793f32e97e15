/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/checksum.h"

#include <endian.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/* The values of a row in one piece, because a call of the library for each would cost more than its work. */
struct pieces {
	SHA2_CTX *sum;
	size_t len;
	uint8_t byte[512];
};

static void put_bytes(struct pieces *p, const void *bytes, size_t len)
{
	if (len > sizeof(p->byte) - p->len) {
		SHA512_256Update(p->sum, p->byte, p->len);
		p->len = 0;
	}
	if (len > sizeof(p->byte)) {
		SHA512_256Update(p->sum, bytes, len);
		return;
	}
	if (len)
		memcpy(p->byte + p->len, bytes, len);
	p->len += len;
}

static void put_number(struct pieces *p, uint64_t number)
{
	number = htole64(number);
	put_bytes(p, &number, sizeof(number));
}

static uint64_t bits_of(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

/* Its type, a number or the length, and the bytes. */
static void put_column(struct pieces *p, sqlite3_stmt *stmt, int column)
{
	uint8_t type = (uint8_t)sqlite3_column_type(stmt, column);
	const void *bytes;
	size_t len;

	put_bytes(p, &type, 1);
	if (type == SQLITE_INTEGER)
		put_number(p, (uint64_t)sqlite3_column_int64(stmt, column));
	else if (type == SQLITE_FLOAT)
		put_number(p, bits_of(sqlite3_column_double(stmt, column)));
	if (type != SQLITE_TEXT && type != SQLITE_BLOB)
		return;
	bytes = type == SQLITE_TEXT ? sqlite3_column_text(stmt, column) : sqlite3_column_blob(stmt, column);
	len = (size_t)sqlite3_column_bytes(stmt, column);
	put_bytes(p, &(uint32_t){ htole32((uint32_t)len) }, sizeof(uint32_t));
	put_bytes(p, bytes, len);
}

void checksum_add(SHA2_CTX *sum, sqlite3_stmt *stmt, int first)
{
	struct pieces p = { .sum = sum };

	for (int i = first; i < sqlite3_column_count(stmt); i++)
		put_column(&p, stmt, i);
	SHA512_256Update(sum, p.byte, p.len);
}

struct checksum checksum_end(SHA2_CTX *sum)
{
	struct checksum end;

	SHA512_256Final(end.byte, sum);
	return end;
}

bool checksum_is(const struct checksum *sum, sqlite3_stmt *stmt, int column)
{
	const void *stored = sqlite3_column_blob(stmt, column);

	return stored && sqlite3_column_bytes(stmt, column) == (int)sizeof(sum->byte) &&
	       !memcmp(stored, sum->byte, sizeof(sum->byte));
}

static char *cure_of(const struct store *s, const char *id)
{
	char *copy = mem_strdup(s->path), *dir = mem_printf("%s/runs/%s", dirname(copy), id), *cure;

	if (s->transfer)
		cure = mem_strdup("export the runs again");
	else if (fs_exists(dir))
		cure = mem_printf("'scxbench store %s' takes the run in again from its files", dir);
	else
		cure = mem_printf("it has no files here: 'scxbench store --remove %s', then import it again",
				  id);
	free(copy);
	free(dir);
	return cure;
}

int checksum_damaged(struct store *s, const char *id, const char *what)
{
	char *cure, *text;

	if (s->mending)
		return -CAUSE_DAMAGED;
	cure = cure_of(s, id);
	text = mem_printf("%s: run %s is damaged: %s not what was stored: %s", s->path, id, what, cure);
	if (!s->said || strcmp(s->said, text))
		log_err(-CAUSE_DAMAGED, "%s", text);
	free(cure);
	free(s->said);
	s->said = text;
	s->damaged = true;
	return -CAUSE_DAMAGED;
}

/* What a checksum is of: its rows by run, the number of which is the first column. */
static const char *const of_run[] = {
	("SELECT run, id, plan, command, whence, emulated, seed, blocks, planned, started_ns, host, restarts, "
	 "margin, ended, baseline, host_before, gate FROM run %s ORDER BY run"),
	"SELECT run, place, policy, hash, given, slice_ns FROM run_policy %s ORDER BY run, place",
	"SELECT run, place, workload, primary_metric FROM run_workload %s ORDER BY run, place",
	"SELECT run, tag FROM tag %s ORDER BY run, tag",
	NULL,
};
static const char *const of_machine[] = {
	"SELECT run, topology_xml FROM run %s",
	"SELECT run, place, key, value FROM env %s ORDER BY run, place",
	NULL,
};

#define ONE_RUN "WHERE run = ?"

struct run_sum {
	int64_t run;
	SHA2_CTX sum;
};

struct run_sums {
	struct run_sum *of; /* ascending */
	size_t nr;
	const char *where; /* which of the rows, by their run */
	int64_t only;	   /* the parameter of it, if it has one */
};

/* The rows of a part; the first part begins the sum of each run, and a row of no run belongs to nothing. */
static int sum_part(struct store *s, const char *sql, struct run_sums *sums)
{
	char *text = mem_printf(sql, sums->where);
	bool first = !sums->nr;
	sqlite3_stmt *stmt;
	size_t i = 0;
	int more, err = db_prepare(s, text, &stmt);

	free(text);
	if (err)
		return err;
	if (sums->only)
		db_bind(stmt, "i", sums->only);
	while ((more = db_row(s, stmt)) > 0) {
		int64_t at = sqlite3_column_int64(stmt, 0);

		if (first) {
			sums->of = mem_grow(sums->of, sums->nr, sizeof(*sums->of));
			i = sums->nr++;
			sums->of[i].run = at;
			SHA512_256Init(&sums->of[i].sum);
		}
		while (i < sums->nr && sums->of[i].run < at)
			i++;
		if (i < sums->nr && sums->of[i].run == at)
			checksum_add(&sums->of[i].sum, stmt, 1);
	}
	sqlite3_finalize(stmt);
	return more;
}

/* sums: of which runs. The caller frees sums->of. */
static int sum_runs(struct store *s, const char *const *parts, struct run_sums *sums)
{
	int err = 0;

	for (; *parts && !err; parts++)
		err = sum_part(s, *parts, sums);
	return err;
}

static int set_checksum(struct store *s, const char *sql, const char *const *parts, int64_t run)
{
	struct run_sums sums = { .where = ONE_RUN, .only = run };
	struct checksum sum;
	sqlite3_stmt *stmt = NULL;
	int err = sum_runs(s, parts, &sums);

	if (!err && sums.nr)
		err = db_prepare(s, sql, &stmt);
	if (!err && sums.nr) {
		sum = checksum_end(&sums.of[0].sum);
		db_bind(stmt, "bi", sum.byte, sizeof(sum.byte), run);
		err = db_run(s, stmt);
	}
	sqlite3_finalize(stmt);
	free(sums.of);
	return err;
}

int checksum_run(struct store *s, int64_t run)
{
	return set_checksum(s, "UPDATE run SET checksum = ? WHERE run = ?", of_run, run);
}

int checksum_machine(struct store *s, int64_t run)
{
	return set_checksum(s, "UPDATE run SET machine = ? WHERE run = ?", of_machine, run);
}

/* sql: "SELECT id, CHECKSUM" of the same runs in the same order. bad: by their places. */
static int compare_sums(struct store *s, const char *sql, struct run_sums *sums, bool *bad)
{
	sqlite3_stmt *stmt;
	size_t i = 0;
	int more, err = db_prepare(s, sql, &stmt);

	if (err)
		return err;
	if (sums->only)
		db_bind(stmt, "i", sums->only);
	for (; (more = db_row(s, stmt)) > 0 && i < sums->nr; i++) {
		struct checksum sum = checksum_end(&sums->of[i].sum);
		char *id;

		bad[i] = !checksum_is(&sum, stmt, 1);
		if (!bad[i])
			continue;
		id = db_text(stmt, 0);
		checksum_damaged(s, id, "what it says of itself is");
		free(id);
	}
	sqlite3_finalize(stmt);
	return more < 0 ? more : 0;
}

static int check_run(struct store *s, const char *sql, const char *const *parts, int64_t run)
{
	struct run_sums sums = { .where = ONE_RUN, .only = run };
	bool bad = false;
	int err = s->unsummed ? 0 : sum_runs(s, parts, &sums);

	if (s->unsummed)
		return 0;
	if (!err && sums.nr)
		err = compare_sums(s, sql, &sums, &bad);
	free(sums.of);
	return err ? err : bad ? -CAUSE_DAMAGED : 0;
}

int checksum_check_run(struct store *s, int64_t run)
{
	int err = check_run(s, "SELECT id, checksum FROM run WHERE run = ?", of_run, run);

	return err ? err : check_run(s, "SELECT id, machine FROM run WHERE run = ?", of_machine, run);
}

int checksum_check_runs(struct store *s, const char *where, bool *bad, int64_t most)
{
	struct run_sums sums = { .where = where };
	bool *found;
	char *stored;
	int err = s->unsummed ? 0 : sum_runs(s, of_run, &sums);

	if (s->unsummed)
		return 0;
	found = mem_zalloc(sums.nr + 1, sizeof(*found));
	stored = mem_printf("SELECT id, checksum FROM run %s ORDER BY run", where);
	if (!err)
		err = compare_sums(s, stored, &sums, found);
	for (size_t i = 0; i < sums.nr && !err; i++)
		if (found[i] && sums.of[i].run > 0 && sums.of[i].run <= most)
			bad[sums.of[i].run] = true;
	free(stored);
	free(found);
	free(sums.of);
	return err;
}

int checksum_known_run(struct store *s, const char *id, int64_t *run)
{
	int err = db_known_run(s, id, run);

	return err ? err : checksum_check_run(s, *run);
}
