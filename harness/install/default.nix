# SPDX-License-Identifier: GPL-2.0-or-later
# A Nix derivation of this tree: nix-build harness/install. The kernel's types come from a kernel's BTF, which the sandbox
# of a build does not show: vmlinuxBtf is a file with it, for example a copy of /sys/kernel/btf/vmlinux.
{ pkgs ? import <nixpkgs> { }, vmlinuxBtf ? /sys/kernel/btf/vmlinux }:

pkgs.stdenv.mkDerivation {
  pname = "scxbench";
  version = "0.9";
  src = ../..;
  nativeBuildInputs = with pkgs; [ bpftools llvmPackages.clang-unwrapped pkg-config ];
  buildInputs = with pkgs; [ gsl hwloc jansson libbpf libmd libunistring ncurses sqlite util-linux ];
  makeFlags = [ "WHERE=native" "PREFIX=${placeholder "out"}" "SYSCONFDIR=${placeholder "out"}/etc" "VMLINUX_BTF=${vmlinuxBtf}" ];
  buildFlags = [ "build" ];
  meta = {
    description = "Benchmark of sched_ext policies against the kernel's own scheduler";
    license = pkgs.lib.licenses.gpl2Plus;
    platforms = [ "x86_64-linux" ];
  };
}
