# SPDX-License-Identifier: GPL-2.0-or-later
# compare.R CASES   harness/stats against R, case by case (cases.c): TAP.
# Where R has no exact answer (ties), all signs, groups or orders are tried here, by R's own means.

options(warn = 2)
failed <- 0

# Named numbers beside those wanted; within: relative, or absolute near 0.
differs <- function(got, want, within = 1e-9) {
	if (!identical(is.na(got), is.na(want))) return(TRUE)
	there <- !is.na(want)
	any(abs(got[there] - want[there]) > within * pmax(1, abs(want[there])))
}

all_subsets <- function(n) as.matrix(expand.grid(rep(list(0:1), n)))

# A p of random signs is good to 5 of its standard errors.
p_differs <- function(got, want, resampled) {
	if (!resampled) return(differs(got, want))
	abs(got - want) > 5 * sqrt(want * (1 - want) / 10000) + 2e-4
}

# Below 13 pairs p is Student's, where they have any spread.
has_t <- function(d) length(d) > 1 && length(d) < 13 && sd(d) > 1e-12

ends <- function(test) exp(as.numeric(test$conf.int))
cliff <- function(x, y) mean(sign(outer(x, y, "-")))

# Beyond 300 pairs ours ends one average of 80,000 beside R's, at most: a hair of the interval's width.
check_paired <- function(x, y, got) {
	d <- log(x) - log(y)
	n <- length(d)
	r95 <- wilcox.test(d, exact = TRUE, conf.int = TRUE, conf.level = 0.95)
	r90 <- wilcox.test(d, exact = TRUE, conf.int = TRUE, conf.level = 0.90)
	want <- c(exp(r95$estimate), ends(r95), ends(r90))
	p <- if (has_t(d)) t.test(d)$p.value else r95$p.value
	differs(got[1:5], as.numeric(want), if (n > 300) 1e-4 else 1e-9) || p_differs(got[6], p, n > 300) ||
		differs(got[7], cliff(x, y))
}

check_paired_tied <- function(x, y, got) {
	exact <- log(x) - log(y)
	d <- round(exact, 10)
	w <- outer(d, d, "+") / 2
	estimate <- exp(median(w[upper.tri(w, diag = TRUE)]))
	d <- d[d != 0]
	p <- 1
	if (length(d)) {
		rank <- rank(abs(d))
		sums <- as.vector(all_subsets(length(d)) %*% rank)
		seen <- min(sum(rank[d > 0]), sum(rank[d < 0]))
		p <- min(1, 2 * mean(sums <= seen))
	}
	if (has_t(exact)) p <- t.test(exact)$p.value
	differs(got[1], estimate) || differs(got[6], p) || differs(got[7], cliff(x, y))
}

# Beyond a product of 625 ours is the normal approximation, R's, as asked here, is not.
check_unpaired <- function(x, y, got) {
	many <- length(x) * length(y) > 625
	test <- function(level) wilcox.test(log(x), log(y), exact = TRUE, conf.int = TRUE, conf.level = level)
	r95 <- test(0.95)
	want <- c(exp(r95$estimate), ends(r95), ends(test(0.90)))
	within <- if (many) 5e-3 else 1e-9
	differs(got[1:5], as.numeric(want), within) || differs(got[6], r95$p.value, within) ||
		differs(got[7], cliff(x, y))
}

check_unpaired_tied <- function(x, y, got) {
	test <- wilcox.test(round(log(x), 10), round(log(y), 10), exact = FALSE, correct = TRUE)
	differs(got[1], exp(median(outer(log(x), log(y), "-")))) || differs(got[6], test$p.value) ||
		differs(got[7], cliff(x, y))
}

check_adjust <- function(p, got) differs(got, p.adjust(p, "BH"))

check_drift <- function(x, got) {
	test <- suppressWarnings(cor.test(seq_along(x), x, method = "spearman", exact = length(x) < 10))
	differs(got, c(as.numeric(test$estimate), test$p.value))
}

orders <- function(v) {
	if (length(v) < 2) return(matrix(v, 1))
	do.call(rbind, lapply(seq_along(v), function(i) cbind(v[i], orders(v[-i]))))
}

check_drift_tied <- function(x, got) {
	x <- round(x, 6)
	if (length(unique(x)) == 1) return(differs(got, c(NaN, NaN)))
	rho <- cor(seq_along(x), rank(x))
	all <- apply(orders(rank(x)), 1, function(r) cor(seq_along(r), r))
	differs(got, c(rho, mean(abs(all) >= abs(rho) - 1e-9)))
}

check_median <- function(x, got) {
	n <- length(x)
	k <- qbinom(0.025, n, 0.5)
	differs(got, c(median(x), sort(x)[c(k, n + 1 - k)]))
}

# The bin of the value of that rank, and how far into it that rank comes.
check_quantile <- function(count, got) {
	values <- rep(seq_along(count), count)
	bin <- as.numeric(quantile(values, (1:9) / 10, type = 1))
	rank <- ceiling(length(values) * (1:9) / 10 * (1 - 1e-15))
	differs(got, bin - 1 + (rank - cumsum(c(0, count))[bin]) / count[bin])
}

check_expanded <- function(x, n, got) {
	p <- pnorm(qt(c(0.025, 0.975), n - 1) * sqrt(n / (n - 1)))
	differs(got, as.numeric(quantile(x, p, type = 7)))
}

# The non-central t of power.t.test is exact; ours adds two quantiles, which comes near it.
check_power <- function(design, got) {
	n <- design[1]
	sd <- design[2] * sqrt(n) / qt(0.975, n - 1)
	want <- power.t.test(n = n, sd = sd, power = 0.8, type = "one.sample")$delta
	abs(got / want - 1) > 0.03
}

# Blocks of just that mean and error, for Welch's test; the variance between machines is the root of its equation.
check_fleet <- function(x, error, n, got) {
	k <- length(x)
	square <- function(between2) {
		w <- 1 / (between2 + error^2)
		sum(w * (x - sum(w * x) / sum(w))^2)
	}
	between2 <- if (square(0) <= k - 1) 0 else
		uniroot(function(v) square(v) - (k - 1), c(0, 1), tol = 1e-15)$root
	w <- 1 / (between2 + error^2)
	mean <- sum(w * x) / sum(w)
	se <- 1 / sqrt(sum(w))
	blocks <- unlist(lapply(seq_len(k), function(i) as.numeric(scale(seq_len(n[i]))) * error[i] * sqrt(n[i]) + x[i]))
	differ <- oneway.test(blocks ~ factor(rep(seq_len(k), n)))$p.value
	want <- c(exp(mean), exp(mean - qt(0.975, k - 1) * se), exp(mean + qt(0.95, k - 1) * se),
		2 * pt(-abs(mean / se), k - 1), sqrt(between2),
		exp(mean + qt(0.975, k - 2) * sqrt(between2 + se^2)), differ)
	differs(got, want, 1e-7)
}

cases <- strsplit(readLines(commandArgs(TRUE)[1]), "|", fixed = TRUE)
for (i in seq_along(cases)) {
	kind <- trimws(cases[[i]][1])
	numbers <- lapply(cases[[i]][-1], function(text) scan(text = text, quiet = TRUE))
	wrong <- do.call(paste0("check_", kind), numbers)
	failed <- failed + wrong
	cat(sprintf("%sok %d - %s of %s\n", if (wrong) "not " else "", i, kind,
		paste(lengths(numbers[-length(numbers)]), collapse = " and ")))
}
cat(sprintf("1..%d\n", length(cases)))
quit(status = if (failed) 1 else 0)
