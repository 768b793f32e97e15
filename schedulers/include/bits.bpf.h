/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A test of bits in one instruction. */
#ifndef SCXB_BITS_BPF_H
#define SCXB_BITS_BPF_H

/*
 * Whether any of these bits is set, by the jump that BPF has for it: of clang comes a move, a mask and a
 * comparison. mask: a constant of 32 bits, whose highest one stands for all above it, too.
 */
#define scxb_any_bit(value, mask)                                     \
	({                                                            \
		__label__ some;                                       \
		bool ___any = true;                                   \
		asm volatile goto("if %[bits] & %[of] goto %l[some]"  \
				  :                                   \
				  : [bits] "r"(value), [of] "i"(mask) \
				  :                                   \
				  : some);                            \
		___any = false;                                       \
	some:                                                         \
		___any;                                               \
	})

#endif
