#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# faults.pl [ARGUMENT OF MAKE]...   puts each single fault of the lists beside it into a copy of the tree, builds what it
# touches, and runs the tests which must notice. A fault that no test notices is a failure, and so is one whose text is
# no longer in the source just once, or which does not compile.
#
#     FAULTS='host/* run/*'   only those whose "room/name" fits one of these shell patterns, in their order (all)
#     JOBS=2             so many copies at a time (1)
#     GUESTS=1           also those that only a test in a virtual machine notices; slow
#
# A list is a file for each room, of blocks with an empty line between them:
#
#     fault: what is wrong, in words; the name, once in a list
#     in: the source
#     text: what is there, just once; \n, \t and \\ stand for a line's end, a tab, a backslash
#     but: what replaces it
#     tests: who must notice, in order, the first that fails ends it. NAME is tests/unit/test_NAME.c, any other
#            ROOM/NAME is tests/ROOM/NAME.sh
#     guest: the test in a virtual machine that notices, where no other can
#     because: why no test can notice; it is run all the same, and has to survive
#
# Everything happens in .build/faults/N, a copy of the tree. .build/faults/log keeps the results, and what is there is
# not run again while the fault and its source are the same, and of a fault that survived its tests too. Remove the log to
# run all.

use strict;
use warnings;
use Digest::MD5 'md5_hex';
use Fcntl ':flock';
use File::Basename;
use FindBin;
use POSIX ();

my $TOP = "$FindBin::Bin/../../..";
my $ALL = '.build/faults';
my $LOG = "$ALL/log";
my $O = '.build/lab';
my $JOBS = $ENV{JOBS} || 1;
my @PATTERNS = split ' ', $ENV{FAULTS} || '*';

sub slurp { my ($path) = @_; open my $f, '<:raw', $path or return ''; local $/; return scalar(<$f>) // '' }
sub spew { my ($path, $text) = @_; open my $f, '>:raw', $path or die "$path: $!\n"; print $f $text; close $f }
sub unescape { my %of = (n => "\n", t => "\t", '\\' => '\\'); return $_[0] =~ s/\\([nt\\])/$of{$1}/gr }

# Each fault is a hash of the block's fields, with its room.
sub read_list {
	my ($path) = @_;
	my @faults;

	for my $block (split /\n{2,}/, slurp($path)) {
		my %fault = (room => basename($path));

		for (split /\n/, $block) {
			/^(\w+): (.*)/ ? $fault{$1} = $2 : /^#/ || /^but:$/ || die "$path: what is this: $_\n";
		}
		next unless $fault{fault};
		$fault{but} //= '';
		$fault{name} = "$fault{room}/$fault{fault}";
		defined $fault{$_} or die "$fault{name}: no '$_:'\n" for qw(in text);
		$fault{tests} || $fault{guest} or die "$fault{name}: no tests\n";
		push @faults, \%fault;
	}
	return @faults;
}

sub test_path {
	my ($test) = @_;
	return $test =~ m{/} ? "tests/$test.sh" : "$O/san/tests/unit/test_$test";
}

sub tests_of { my ($f) = @_; return map { test_path($_) } split ' ', $f->{tests} // $f->{guest} }

# The same for a fault whose source is the same.
sub digest { my ($f) = @_; return md5_hex(join "\0", slurp($f->{in}), map { $f->{$_} // '' } qw(in text but tests guest)) }

# The same for the same tests.
sub digest_tests {
	my ($f) = @_;
	return md5_hex(join "\0", map { slurp(s{^\Q$O\E/san/(.*)}{$1.c}r) } tests_of($f));
}

# The log, by the digest: [digest, result, which test, seconds, name, digest of the tests].
sub read_log { return map { my @line = split /\t/; ($line[0] => \@line) } split /\n/, slurp($LOG) }

sub log_result {
	my @line = @_;
	open my $f, '>>', $LOG or die "$LOG: $!\n";
	flock $f, LOCK_EX;
	syswrite $f, join("\t", @line) . "\n";
	printf "%-8s %s%s (%d s)\n", $line[1], $line[4], $line[2] ne '-' ? ": $line[2]" : '', $line[3];
}

# A new copy of the tree and of what is built of it.
sub make_copy {
	my ($copy) = @_;

	system('sh', '-euc', <<'END', 'sh', $copy, $O) == 0 or die "no copy of the tree in $copy\n";
		mkdir -p "$1/.build"
		git ls-files -zco --exclude-standard --deduplicate | perl -0ne 'chomp; print "$_\0" if -l || -e' |
			tar --null -T - -cf - | tar -xf - -C "$1"
		[ ! -d "$2" ] || tar -C .build --exclude=lab/fuzz --exclude=lab/lint -cf - lab | tar -xf - -C "$1/.build"
END
}

# Makes the copy what the tree is now. Only what differs is written, as new: what was built of it, an earlier fault perhaps,
# is then older.
sub copy_tree {
	my ($copy) = @_;
	my %is = map { ($_ => 1) } grep { -e } split /\0/, `git ls-files -zco --exclude-standard --deduplicate`;

	return make_copy($copy) if !-d "$copy/$O";
	for my $path (split /\0/, `cd '$copy' && find . -name .build -prune -o -type f -printf '%P\\0'`) {
		unlink "$copy/$path" if !$is{$path};
	}
	for my $path (keys %is) {
		my $text = slurp($path);

		next if -e "$copy/$path" && slurp("$copy/$path") eq $text;
		system('mkdir', '-p', dirname("$copy/$path"));
		spew("$copy/$path", $text);
		chmod +(stat $path)[2] & 0777, "$copy/$path";
	}
}

# Runs a command in a fence, with its output in last.N beside the copies, and returns what waitpid() does. The fence goes
# when we are ended, and all in it.
my $fence;
sub run_fenced {
	my ($seconds, @command) = @_;

	$fence = fork // die "fork: $!\n";
	if (!$fence) {
		setpgrp;
		open STDOUT, '>', "../last." . getppid;
		open STDERR, '>&', \*STDOUT;
		exec 'tests/mutations/product/fenced.sh', $seconds, @command or POSIX::_exit(127);
	}
	waitpid $fence, 0;
	undef $fence;
	return $?;
}

sub end_fence { kill KILL => -$fence if $fence; exit 130 }

# Builds what the test needs of that source and runs it: 'caught', 'REFUSED' by the compiler, or 'SURVIVED'. A unit test needs nothing
# but the lab's root: one entry to that does both.
my $BUILD = 'O=$1 targets=$2 test=$3; shift 3; make -s O="$O" "$@" $targets || exit 99; ' .
	'[ -z "$test" ] || timeout 120 "$test"';
sub try_test {
	my ($test, $in) = @_;
	my $unit = $test =~ m{^\Q$O\E/};
	my $program = $in =~ m{^harness/.*(?<!\.bpf)\.c$} ? '' : 'build ';
	my $targets = $unit ? $test : "$program$O/tests/scxbench-double";
	my $status = run_fenced(900, 'harness/lab/chroot.sh', 'sh', '-c', $BUILD, 'sh', $O, $targets, $unit ? $test : '', @ARGV);

	if ($status >> 8 == 99) {
		print map { "# $_\n" } grep { /error|undefined|\*\*\*/ } split /\n/, slurp("../last.$$");
		return 'REFUSED';
	}
	$status = run_fenced(600, 'tests/run', $test) unless $unit;
	return $status ? 'caught' : 'SURVIVED';
}

# A test which fails without a fault shows nothing: what it caught is run again.
sub check_sound {
	my (@caught) = @_;
	my %sound;

	for my $line (@caught) {
		my $test = $line->[2];

		$sound{$test} //= try_test($test, '') eq 'SURVIVED';
		$sound{$test} or log_result($line->[0], 'UNSOUND', $test, 0, @$line[4, 5]);
	}
}

# A source's own objects wait aside while it has a fault, so that nothing is compiled again afterwards.
sub objects_of {
	my ($in) = @_;

	return () if $in !~ /\.c$/ || $in =~ /\.bpf\.c$/;
	return map { "$_/" . $in =~ s/\.c$/.o/r } $O, "$O/san";
}

sub put_in {
	my ($in, $text) = @_;
	rename $_, "$_.sound" for grep { -e } objects_of($in);
	spew($in, $text);
}

# What else has the source in it, as a test that includes it, is then older.
sub take_out {
	my ($in, $text) = @_;

	spew($in, $text);
	for my $object (objects_of($in)) {
		unlink $object;
		utime undef, undef, $object if rename "$object.sound", $object;
	}
}

# Returns the result and the test that it is of.
sub try_fault {
	my ($f) = @_;
	my ($in, $old) = ($f->{in}, unescape($f->{text}));
	my $source = slurp($in);
	my $at = index $source, $old;
	my @tests = tests_of($f);
	my @result = ('SURVIVED', '-');

	return ('NO TEXT', '-') if $at < 0;
	return ('TWICE', '-') if index($source, $old, $at + 1) >= 0;
	put_in($in, substr($source, 0, $at) . unescape($f->{but}) . substr($source, $at + length $old));
	for my $test (@tests) {
		@result = (try_test($test, $in), $test);
		last if $result[0] ne 'SURVIVED';
	}
	take_out($in, $source);
	return @result;
}

sub work {
	my ($n, @faults) = @_;
	my $copy = "$ALL/$n";

	copy_tree($copy);
	$LOG = "../log";
	chdir $copy or die "$copy: $!\n";
	$SIG{$_} = \&end_fence for qw(INT TERM HUP);
	# An object that waits aside is taken for what its source and headers make, so all are made of those first.
	run_fenced(3600, 'harness/lab/chroot.sh', 'make', '-s', "O=$O", 'build', 'tests') == 0 or die "$copy does not build\n";
	my @caught;
	for my $f (@faults) {
		my ($start, @result) = (time, try_fault($f));
		my @line = ($f->{digest}, @result, time - $start, $f->{name}, $f->{with});

		log_result(@line);
		push @caught, \@line if $result[0] eq 'caught';
	}
	check_sound(@caught);
}

# Whether the result is what the list says.
sub as_listed {
	my ($f, $result) = @_;
	return $result eq ($f->{because} ? 'SURVIVED' : 'caught');
}

sub report {
	my (@faults) = @_;
	my (%log, %caught, %all, %explained, @wrong) = read_log();

	for my $f (@faults) {
		my $result = ($log{$f->{digest}} // [0, 'NOT RUN'])->[1];

		$all{$_}++, $caught{$_} += $result eq 'caught', $explained{$_} += !!$f->{because} for $f->{room}, 'all';
		push @wrong, "$result: $f->{name}\n" unless as_listed($f, $result);
	}
	printf "\n%-12s %6s %6s %9s\n", 'room', 'faults', 'caught', 'explained';
	for my $room (sort { ($a eq 'all') <=> ($b eq 'all') || $a cmp $b } keys %all) {
		printf "%-12s %6d %6d %9d\n", $room, $all{$room}, $caught{$room}, $explained{$room};
	}
	print "explained: $_->{name}: $_->{because}\n" for grep { $_->{because} } @faults;
	print @wrong;
	return !@wrong;
}

# Which of the patterns the fault's name fits, from 1; 0: none, or only a guest notices it.
sub chosen {
	my ($f) = @_;

	return 0 unless $ENV{GUESTS} || $f->{tests};
	for my $i (0 .. $#PATTERNS) {
		my $pattern = quotemeta($PATTERNS[$i]) =~ s/\\\*/.*/gr =~ s/\\\?/./gr;

		return $i + 1 if $f->{name} =~ /^$pattern$/;
	}
	return 0;
}

$| = 1;
chdir $TOP or die "$TOP: $!\n";
mkdir '.build';
mkdir $ALL;
my @faults = grep { chosen($_) } map { read_list($_) } grep { !/\.(pl|sh)$/ } glob "tests/mutations/product/*";
$_->{digest} = digest($_), $_->{with} = digest_tests($_) for @faults;
my %log = read_log();
# What was caught stays caught while tests grow; what survived is tried again when they have changed.
sub is_known {
	my ($f) = @_;
	my (undef, $result, undef, undef, undef, $with) = @{ $log{$f->{digest}} // return 0 };
	return $result eq 'caught' || ($result eq 'SURVIVED' && $with eq $f->{with});
}
my @left = grep { !is_known($_) } @faults;
# What is quick comes first: unit tests only, then those that a command's test may have to notice.
sub slowness { my ($f) = @_; return scalar grep { m{^tests/} } tests_of($f) }
@left = sort { slowness($a) <=> slowness($b) || chosen($a) <=> chosen($b) } @left;
my %worker;
for my $n (1 .. $JOBS) {
	my @share = @left[grep { $_ % $JOBS == $n - 1 } 0 .. $#left];
	next unless @share;
	my $pid = fork // die "fork: $!\n";
	$worker{$pid} = 1;
	work($n, @share), exit 0 unless $pid;
}
$SIG{$_} = sub { kill TERM => keys %worker; exit 130 } for qw(INT TERM HUP);
my $failed = 0;
while ((my $pid = wait) > 0) { $failed ||= $? }
exit !(report(@faults) && !$failed);
