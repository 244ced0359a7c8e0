# SPDX-License-Identifier: GPL-3.0-or-later

# What every file of ours is compiled with. No -ffast-math and no contraction: the same samples on every run.
add_library(lathe_flags INTERFACE)
target_compile_options(lathe_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror -ffp-contract=off
                       -Wno-stringop-overflow -Wno-restrict)  # GCC 12 sees some in fmt and std::string that are not there
target_include_directories(lathe_flags INTERFACE ${PROJECT_SOURCE_DIR})
if(LATHE_SANITIZE)
  # GCC loses track of what is initialised under its own instrumentation.
  target_compile_options(lathe_flags INTERFACE -fsanitize=${LATHE_SANITIZE} -fno-omit-frame-pointer
                                               -Wno-maybe-uninitialized)
  target_link_options(lathe_flags INTERFACE -fsanitize=${LATHE_SANITIZE})
endif()

# lathe_room(dsp/linear LINKS ...): the folder's .cpp files as the library lathe_dsp_linear.
function(lathe_room folder)
  cmake_parse_arguments(ROOM "" "" "LINKS" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  if(NOT sources)
    add_library(lathe_${name} INTERFACE)
    target_link_libraries(lathe_${name} INTERFACE lathe_flags ${ROOM_LINKS})
    return()
  endif()
  add_library(lathe_${name} STATIC ${sources})
  target_link_libraries(lathe_${name} PUBLIC lathe_flags ${ROOM_LINKS})
endfunction()

# lathe_test(dsp/linear LINKS ...): the test program of tests/dsp/linear, run by ctest under the label "linear".
function(lathe_test folder)
  cmake_parse_arguments(TEST "" "" "LINKS" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  get_filename_component(label ${folder} NAME)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${folder}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE lathe_test_support ${TEST_LINKS})
  add_test(NAME ${folder} COMMAND test_${name})
  set_tests_properties(${folder} PROPERTIES LABELS ${label})
endfunction()
