/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Small files, read and written whole. Returned memory is the caller's to free. All return 0 or a negative
 * errno. They log nothing, because the caller knows what a missing file means; only the last three do.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Joins a path under /sys, /proc or the cgroup file system to the root that SCXBENCH_ROOT names (empty by
 * default). With it, tests show the program another machine. Returns a static buffer, one of 8 that are used
 * in turn.
 */
const char *fs_sys(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The file's bytes, NUL-terminated; *len may be NULL. -EINVAL for a pipe, but for one below /dev/. */
int fs_read(const char *path, char **text, size_t *len);
/* Of a file from outside: -EFBIG when it has more than that many bytes, or may have no end. */
int fs_read_most(const char *path, size_t most, char **text, size_t *len);
/*
 * fs_read() of a file that decides what we do: -EPERM when it is not a regular file of root or of ours, or
 * when others may write it; -ELOOP when it is a link.
 */
int fs_read_trusted(const char *path, char **text);
/* fs_read() without the final newline. */
int fs_read_line(const char *path, char **line);
int fs_read_u64(const char *path, uint64_t *value);
/* A file that is kept open, from its beginning, without the final newline. False: it is gone, or longer. */
bool fs_read_again(int fd, char *text, size_t room);
/* Writes text to an existing file, as to a kernel's control file. */
int fs_write(const char *path, const char *text);
/* Written to a temporary name, fsynced, renamed, directory fsynced: the file is whole or does not exist. */
int fs_write_durable(const char *path, const void *data, size_t len);
/* mkdir -p; 0 when it exists already. */
int fs_mkdirs(const char *path);
bool fs_exists(const char *path);

/*
 * For files and directories that must exist: fs_write_durable(), fs_read() and fs_mkdirs() that log what
 * fails, with its cause (cause_of_file()).
 */
int fs_save(const char *path, const char *text);
/*
 * fs_save() to a file that a person named, with the cause of that (cause_if_named()). What is there and is no
 * regular file is refused, -CAUSE_USAGE: a device or a pipe would be a file from then on.
 */
int fs_save_named(const char *path, const char *text);
/* Logs why fs_read() of a file that a person named failed with err; the cause of that. */
int fs_unread(const char *path, int err);
/*
 * Of what was read of a file that a person writes: -CAUSE_USAGE, logged, with a zero byte in it, as a crash
 * leaves them. All behind the first one would not be seen.
 */
int fs_check_text(const char *name, const char *text, size_t len);
int fs_load(const char *path, char **text);
int fs_make_dir(const char *path);
/* rm -rf, logged alike; 0 when there is nothing. Nothing that a link leads to is removed. */
int fs_remove_tree(const char *path);
