/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../kit.h"
#include "iowake.h"
#include "util/clock.h"

#define PAGE 4096

static uint64_t await_read(struct reader *r)
{
	uint64_t begin = clock_ns();

	r->random = r->random * 6364136223846793005u + 1442695040888963407u;
	if (begin >= r->end || pread(r->fd, r->page, PAGE, (off_t)((r->random >> 33) % r->pages * PAGE)) <= 0)
		return 0;
	return begin;
}

static const char *path_of_file(void)
{
	const char *given = getenv("IO_FILE");

	return given && *given ? given : "/proc/self/exe";
}

static int open_file(uint64_t *pages)
{
	const char *path = path_of_file();
	int fd = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size < PAGE) {
		kit_fail(
			"%s can't be read directly (%s): IO_FILE= must name a file of at least 4 KiB on a disk",
			path, fd < 0 ? strerror(errno) : "no such file");
		return -1;
	}
	*pages = (uint64_t)st.st_size / PAGE;
	return fd;
}

static bool reader_start(struct reader *r, long index, pthread_t *thread)
{
	r->random = (uint64_t)kit_env("SCXB_SEED", 1) * 1000003 + (uint64_t)index;
	r->page = aligned_alloc(PAGE, PAGE);
	return r->page && !pthread_create(thread, NULL, reader_thread, r);
}

static int check_sleep(const struct waits *w)
{
	if (w->slept * 2 >= w->reads)
		return 0;
	return kit_fail("%lu of %lu reads did not sleep: IO_FILE= must name a file on a disk",
			w->reads - w->slept, w->reads);
}

/* What is allocated lives as long as the process. */
int reads_take(struct waits *w, long seconds)
{
	long cpus = kit_env("SCXB_CPUS", 1);
	static struct reader *reader;
	static pthread_t *thread;
	uint64_t pages, end = clock_ns() + (uint64_t)seconds * 1000000000;
	int fd = open_file(&pages);

	reader = calloc(cpus, sizeof(*reader));
	thread = calloc(cpus, sizeof(*thread));
	if (fd < 0 || !reader || !thread)
		return 1;
	for (long i = 0; i < cpus; i++) {
		reader[i] = (struct reader){ .await = await_read, .end = end, .fd = fd, .pages = pages };
		if (!reader_start(&reader[i], i, &thread[i]))
			return kit_fail("a reader can't be started: %s", strerror(errno));
	}
	for (long i = 0; i < cpus; i++) {
		pthread_join(thread[i], NULL);
		reader_merge(w, &reader[i]);
	}
	return check_sleep(w);
}
