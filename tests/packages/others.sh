#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The RPM spec, the PKGBUILD and the Nix derivation are read by the programs that read them; nothing is built: what they
# need cannot be had on Debian. They name the version of this tree, and the libraries of the one table of needs.
set -eu
cd "$(dirname "$0")/../.."
LAB_LIST=packages.others exec harness/lab/chroot.sh sh tests/packages/others
