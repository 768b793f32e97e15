/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/sandbox.h"

#define MOST_MIB 64

struct bpf_object *reader_object(const struct bytes *b)
{
	const char *file = strrchr(b->spec->object, '/');
	char *name = mem_strdup(file ? file + 1 : b->spec->object);
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = name);
	struct bpf_object *obj;
	int err;

	name[strcspn(name, ".")] = '\0';
	obj = bpf_object__open_mem(b->data, b->len, &opts);
	err = errno;
	free(name);
	errno = err;
	return obj;
}

static int refuse_bytes(const struct bytes *b, int err)
{
	char cause[80];

	libbpf_strerror(err, cause, sizeof(cause));
	return log_err(-CAUSE_USAGE, "%s is not a BPF object that can be opened: %s", b->spec->object, cause);
}

static int try_bytes(struct bytes *b)
{
	struct why why = { 0 };
	int result = sandbox_run(reader_parse, b, &why);

	if (result < 0)
		return log_err(-CAUSE_USAGE, "%s can't be read as an object: the reader %s", b->spec->object,
			       why.text);
	return result ? refuse_bytes(b, result) : 0;
}

int reader_open(const struct policy_spec *spec, struct bpf_object **obj)
{
	struct bytes b = { .spec = spec };
	struct stat st;
	int err;

	if (!stat(spec->object, &st) && !S_ISREG(st.st_mode))
		return log_err(-CAUSE_USAGE, "%s can't be read as an object: it is not a regular file",
			       spec->object);
	err = fs_read_most(spec->object, (size_t)MOST_MIB << 20, &b.data, &b.len);

	if (err == -EFBIG)
		return log_err(-CAUSE_USAGE, "%s can't be read as an object: it has more than %d MiB",
			       spec->object, MOST_MIB);
	if (err)
		return refuse_bytes(&b, -err);
	err = try_bytes(&b);
	if (!err) {
		*obj = reader_object(&b);
		err = *obj ? 0 : refuse_bytes(&b, errno);
	}
	free(b.data);
	return err;
}
