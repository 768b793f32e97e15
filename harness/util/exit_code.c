/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/exit_code.h"

#include <errno.h>

int exit_code_of(int err)
{
	switch (-err) {
	case 0:
		return EXIT_CODE_OK;
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
