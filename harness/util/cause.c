/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/cause.h"

#include <errno.h>

/* A fallback for errors that carry no cause yet: what an errno most often means. */
static int exit_code_of_errno(int err)
{
	switch (-err) {
	case EINVAL:
	case EEXIST:
	case ENOENT:
		return EXIT_CODE_USAGE;
	case EINTR:
	case ECANCELED:
		return EXIT_CODE_INTERRUPTED;
	case EPERM:
	case EACCES:
	case EROFS:
	case EBUSY:
	case ENOSYS:
	case ENOEXEC:
	case ENOTSUP:
	case EPROTONOSUPPORT:
	case EBADMSG:
		return EXIT_CODE_CANT;
	default:
		return EXIT_CODE_FAILED;
	}
}

int exit_code_of(int err)
{
	switch (-err) {
	case 0:
		return EXIT_CODE_OK;
	case CAUSE_FAILED:
	case CAUSE_REFUSED:
		return EXIT_CODE_FAILED;
	case CAUSE_USAGE:
	case CAUSE_NOT_FOUND:
	case CAUSE_EXISTS:
		return EXIT_CODE_USAGE;
	case CAUSE_CANT:
	case CAUSE_BUSY:
	case CAUSE_NO_POLICY:
	case CAUSE_DAMAGED:
	case CAUSE_VERSION:
		return EXIT_CODE_CANT;
	case CAUSE_INCONCLUSIVE:
		return EXIT_CODE_INCONCLUSIVE;
	case CAUSE_INTERRUPTED:
		return EXIT_CODE_INTERRUPTED;
	default:
		return exit_code_of_errno(err);
	}
}

int cause_if_denied(int err)
{
	return err == -EPERM || err == -EACCES || err == -EROFS ? -CAUSE_CANT : err;
}

int cause_if_named(int err)
{
	return err == -ENOENT || err == -ENOTDIR ? -CAUSE_NOT_FOUND : cause_if_denied(err);
}
