/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/cause.h"

#include <errno.h>

int exit_code_of(int err)
{
	switch (-err) {
	case 0:
		return EXIT_CODE_OK;
	case CAUSE_USAGE:
	case CAUSE_NOT_FOUND:
	case CAUSE_EXISTS:
		return EXIT_CODE_USAGE;
	case CAUSE_CANT:
	case CAUSE_DISK:
	case CAUSE_BUSY:
	case CAUSE_LEFT_IN:
	case CAUSE_NO_POLICY:
	case CAUSE_DAMAGED:
	case CAUSE_VERSION:
		return EXIT_CODE_CANT;
	case CAUSE_INCONCLUSIVE:
		return EXIT_CODE_INCONCLUSIVE;
	case CAUSE_INTERRUPTED:
		return EXIT_CODE_INTERRUPTED;
	default: /* CAUSE_FAILED, CAUSE_REFUSED and every errno */
		return EXIT_CODE_FAILED;
	}
}

int cause_if_denied(int err)
{
	return err == -EPERM || err == -EACCES || err == -EROFS ? -CAUSE_CANT : err;
}

int cause_of_file(int err)
{
	return err == -ENOSPC || err == -EDQUOT || err == -EIO ? -CAUSE_DISK : cause_if_denied(err);
}

int cause_if_named(int err)
{
	switch (-err) {
	case ENOENT:
	case ENOTDIR:
	case EISDIR:
	case ENAMETOOLONG:
	case ELOOP:
		return -CAUSE_NOT_FOUND;
	default:
		return cause_of_file(err);
	}
}
