#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# swap.pl BZIMAGE VMLINUX   the kernel within BZIMAGE, with the kfuncs of a later one in its BTF:
# scx_bpf_dsq_insert() returns bool, as its ___v2 does, and scx_bpf_dsq_insert_vtime() is gone. Only the types differ, so
# it boots, and its verifier and libbpf see what that later kernel will show. Exit 3: this kernel has no ___v2.
use strict;
use warnings;

sub slurp { open(my $f, '<:raw', $_[0]) or die "$_[0]: $!\n"; local $/; <$f> }

my ($from, $to) = @ARGV;
my $image = slurp($from);
my ($offset, $length) = unpack('x584 V V', $image);    # of the compressed kernel, from the end of the setup code on
open(my $packed, '>:raw', "$to.packed") or die "$to: $!\n";
# Its last four bytes are the size.
print $packed substr($image, (ord(substr($image, 497, 1)) + 1) * 512 + $offset, $length - 4);
close $packed;
my $magic = substr(slurp("$to.packed"), 0, 4);
my $tool = $magic =~ /^\xfd7zX/ ? 'xz' : $magic =~ /^\x28\xb5\x2f\xfd/ ? 'zstd' : 'gzip';
system("$tool -dc <'$to.packed' >'$to'") == 0 or die "$tool can't unpack $from\n";
unlink "$to.packed";
my $elf = slurp($to);

# The section .BTF, as offset in the file.
my ($sections, $nr, $names) = unpack('x40 Q x12 v v', $elf);
my $name_at = unpack('x24 Q', substr($elf, $sections + 64 * $names, 64));
my $btf;
for (0 .. $nr - 1) {
	my ($name, $at) = unpack('V x20 Q', substr($elf, $sections + 64 * $_, 64));
	$btf = $at if unpack('Z*', substr($elf, $name_at + $name, 8)) eq '.BTF';
}
my ($header, $types, $types_length, $strings) = unpack('x4 V V V V', substr($elf, $btf, 24));
$strings += $btf + $header;

# What follows the 12 bytes of a type, by its kind: once, and for each member.
my %once = (1 => 4, 3 => 12, 14 => 4, 17 => 4);
my %each = (4 => 12, 5 => 12, 15 => 12, 19 => 12, 6 => 8, 13 => 8);
my %func;
my $at = $btf + $header + $types;
my $end = $at + $types_length;
while ($at < $end) {
	my ($name, $info) = unpack('V V', substr($elf, $at, 8));
	my $kind = $info >> 24 & 31;
	$func{ unpack('Z*', substr($elf, $strings + $name, 64)) } = $at if $kind == 12;
	$at += 12 + ($once{$kind} // 0) + ($each{$kind} // 0) * ($info & 0xffff);
}
my $gone = $func{scx_bpf_dsq_insert_vtime};
exit 3 unless $gone && $func{scx_bpf_dsq_insert___v2} && $func{scx_bpf_dsq_insert_impl};
for my $kfunc ('', '_impl') {
	my $v2 = $func{"scx_bpf_dsq_insert___v2$kfunc"} or next;
	substr($elf, $func{"scx_bpf_dsq_insert$kfunc"} + 8, 4) = substr($elf, $v2 + 8, 4);
}
# By the name of a function that only the kernel itself has: nothing looks for that.
substr($elf, $gone, 4) = substr($elf, $func{scx_bpf_dsq_insert_impl}, 4);
open(my $out, '>:raw', $to) or die "$to: $!\n";
print $out $elf;
close $out;
