/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/figure.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

static const char *const scripts[] = { "style.gp", "dots.gp", "latency.gp", "trend.gp" };

static const struct kind {
	const char *name;
	bool (*make)(const struct compare *c, unsigned work, struct figure *fig, struct buf *dat,
		     struct buf *gp);
} kinds[] = { { "dots", figure_dots }, { "latency", figure_latency } };

void figure_text(struct buf *b, const char *text)
{
	for (; *text; text++) {
		bool plain = *text > ' ' && *text < 127 && !strchr("\"'\\`$%/{}", *text);

		buf_bytes(b, plain || *text == ' ' ? text : "_", 1);
	}
}

void figure_policies(struct buf *gp, const struct compare *c)
{
	buf_printf(gp, "array Policy[%u]\n", c->nr_policies);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		buf_printf(gp, "Policy[%u] = \"", p + 1);
		figure_text(gp, c->run->run.policies[p]);
		buf_put(gp, "\"\n");
	}
}

static int write_file(const char *dir, const char *name, const char *suffix, struct buf *content)
{
	char *path = mem_printf("%s/%s%s", dir, name, suffix), *text = buf_take(content);
	int err = fs_write_durable(path, text, strlen(text));

	if (err)
		log_err(err, "can't write %s: %s", path, strerror(-err));
	free(text);
	free(path);
	return err;
}

int figures_add(struct figures *f, const char *kind, const struct figure *fig, struct buf *const dat_gp[2])
{
	int err;

	buf_printf(dat_gp[1], "do for [dark = 0:1] {\n\tload \"style.gp\"\n\tload \"%s.gp\"\n}\n", kind);
	f->figure = mem_grow(f->figure, f->nr, sizeof(*f->figure));
	f->figure[f->nr++] = *fig;
	err = write_file(f->dir, fig->name, ".dat", dat_gp[0]);
	return err ? free(buf_take(dat_gp[1])), err : write_file(f->dir, fig->name, ".gp", dat_gp[1]);
}

static int make_one(const struct compare *c, const struct kind *kind, unsigned work, struct figures *f)
{
	struct buf dat = { 0 }, gp = { 0 }, name = { 0 };
	struct figure fig = { .work = work };

	buf_printf(&name, "%s-", kind->name);
	figure_text(&name, c->work[work].name);
	fig.name = buf_take(&name);
	buf_printf(&gp, "name = \"%s\"\n", fig.name);
	figure_policies(&gp, c);
	if (kind->make(c, work, &fig, &dat, &gp))
		return figures_add(f, kind->name, &fig, (struct buf *const[]){ &dat, &gp });
	free(fig.name);
	free(buf_take(&dat));
	free(buf_take(&gp));
	return 0;
}

static int copy_scripts(const char *home, const char *dir)
{
	int err = 0;

	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts) && !err; i++) {
		char *path = mem_printf("%s/plots/%s", home, scripts[i]), *text;
		struct buf content = { 0 };

		err = fs_read(path, &text, NULL);
		if (err) {
			log_err(err, "can't read %s: %s", path, strerror(-err));
		} else {
			buf_put(&content, text);
			free(text);
			err = write_file(dir, scripts[i], "", &content);
		}
		free(path);
	}
	return err;
}

/* What gnuplot says goes to fig/gnuplot.log. The child's exit status; 127: there is no gnuplot. */
static int run_gnuplot(const struct figures *f)
{
	char **argv = mem_zalloc(f->nr + 2, sizeof(*argv));
	int status = 0;
	pid_t pid;

	argv[0] = "gnuplot";
	for (size_t i = 0; i < f->nr; i++)
		argv[i + 1] = mem_printf("%s.gp", f->figure[i].name);
	pid = fork();
	if (!pid) {
		if (!chdir(f->dir) && freopen("gnuplot.log", "w", stderr) &&
		    dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
			execvp(argv[0], argv);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	for (size_t i = 0; i < f->nr; i++)
		free(argv[i + 1]);
	free(argv);
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void figures_draw(struct figures *f)
{
	int status = f->nr ? run_gnuplot(f) : 0;

	if (!status)
		return;
	f->missing = status == 127 ? "gnuplot is not installed" : "gnuplot failed, see fig/gnuplot.log";
	log_warn("the report has no pictures: %s", f->missing);
}

int figures_open(const char *home, const char *dir, struct figures *f)
{
	int err = fs_mkdirs(dir);

	*f = (struct figures){ .dir = dir };
	if (err)
		return log_err(err, "can't make %s: %s", dir, strerror(-err));
	return copy_scripts(home, dir);
}

int figures_make(const char *home, const struct compare *c, const char *dir, struct figures *f)
{
	int err = figures_open(home, dir, f);

	for (unsigned w = 0; w < c->nr_works; w++)
		for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds) && !err; k++)
			err = make_one(c, &kinds[k], w, f);
	if (!err)
		figures_draw(f);
	return err;
}

void figures_free(struct figures *f)
{
	for (size_t i = 0; i < f->nr; i++) {
		free(f->figure[i].name);
		free(f->figure[i].title);
		free(f->figure[i].how);
		free(f->figure[i].alt);
	}
	free(f->figure);
}
