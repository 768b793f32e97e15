/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Sends the signal to every child of this process: also to those that it adopted, as a subreaper does. */
void children_signal(int sig);
