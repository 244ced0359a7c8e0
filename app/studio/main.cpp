// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/program.h"

int main(int argc, char** argv) { return lathe::run_studio(argc, argv); }
