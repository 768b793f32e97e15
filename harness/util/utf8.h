/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text from outside (task names, tools' output, a policy's messages) may hold any byte. */
#pragma once

/* A copy in valid UTF-8: what is not is written as \xNN. NULL stays NULL; freed with free(). */
char *utf8_clean(const char *s);
