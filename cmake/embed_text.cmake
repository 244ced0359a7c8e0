# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a header with the text of files as constants named for them: tiles.frag as tiles_frag.
# Run as a script: -DINPUTS=a,b -DOUTPUT=.
string(REPLACE "," ";" files "${INPUTS}")
set(text "// Made by cmake/embed_text.cmake.\n#pragma once\n\nnamespace lathe {\n")
foreach(path ${files})
  get_filename_component(name ${path} NAME)
  string(REPLACE "." "_" name ${name})
  file(READ ${path} content)
  string(APPEND text "inline constexpr char ${name}[] = R\"text(${content})text\";\n")
endforeach()
file(WRITE ${OUTPUT} "${text}}  // namespace lathe\n")
