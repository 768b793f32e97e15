/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Macros of libraries, whose headers cppcheck does not read, and of the command line. */
#define json_array_foreach(array, i, value) for (i = 0; (value = json_array_get(array, i)); i++)
#define json_object_foreach(object, key, value) for (key = ""; (value = json_object_get(object, key));)
#define LIBBPF_OPTS(type, name, ...) struct type name = { __VA_ARGS__ }
#define bpf_object__for_each_map(map, object) for (map = 0; (map = bpf_object__next_map(object, map));)
#define bpf_object__for_each_program(prog, object) \
	for (prog = 0; (prog = bpf_object__next_program(object, prog));)
#define SCHEMAS(each) each(1)
