# Every compiler flag of the project is set here, once.
include(FindPkgConfig)

add_library(sohoa_flags INTERFACE)
target_compile_options(sohoa_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  $<$<BOOL:${SOHOA_WERROR}>:-Werror>
  # Lets ccache see through precompiled headers.
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
  # g++ 12 forgets that precompiled headers are system headers, and warns of its own std::string. With
  # SOHOA_PRECOMPILED=OFF these warnings are on.
  $<$<AND:$<BOOL:${SOHOA_PRECOMPILED}>,$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>
  # g++ 12 warns at -O3 of its own std::string operator+ (GCC bug 105651).
  $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
target_compile_definitions(sohoa_flags INTERFACE
  SOHOA_VERSION="${PROJECT_VERSION}")
# Rooms are named from the top: #include "core/result.h" shows the arrow it draws.
target_include_directories(sohoa_flags INTERFACE ${PROJECT_SOURCE_DIR})
if(SOHOA_SANITIZE)
  target_compile_options(sohoa_flags INTERFACE -fsanitize=${SOHOA_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all
    # g++ 12 warns of its own <regex> under the sanitizers (GCC bug 105562).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized>)
  target_link_options(sohoa_flags INTERFACE -fsanitize=${SOHOA_SANITIZE})
endif()

# For rooms that walk over pixels: the asan preset optimises nothing else (at -O1 a file takes g++
# three and a half times as long with the sanitizers as without), and these would crawl.
macro(sohoa_pixel_room)
  if(SOHOA_SANITIZE)
    add_compile_options(-O1)
  endif()
endmacro()

# sohoa_room(name HEADERS a.h … SOURCES a.cpp … USES sohoa::core … PRIVATE third-party …
#            PRECOMPILE <header> …)
# One static library per room. HEADERS are its public face: each is also compiled alone (target
# <room>_headers) where tests are built, third-party libraries stay PRIVATE so none of their types
# can cross the border. PRECOMPILE: see precompiled.cmake.
function(sohoa_room name)
  cmake_parse_arguments(ROOM "" "" "HEADERS;SOURCES;USES;PRIVATE;PRECOMPILE" ${ARGN})
  add_library(sohoa_${name} STATIC ${ROOM_SOURCES})
  add_library(sohoa::${name} ALIAS sohoa_${name})
  target_sources(sohoa_${name} PUBLIC FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ROOM_HEADERS})
  target_link_libraries(sohoa_${name} PUBLIC ${ROOM_USES} PRIVATE sohoa_flags ${ROOM_PRIVATE})
  target_include_directories(sohoa_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  sohoa_precompile(sohoa_${name} ${ROOM_PRECOMPILE})
  if(NOT SOHOA_TESTS)
    return()
  endif()
  set(checks "")
  foreach(header ${ROOM_HEADERS})
    string(REPLACE "/" "_" flat ${header})
    set(check ${CMAKE_CURRENT_BINARY_DIR}/alone_${flat}.cpp)
    file(CONFIGURE OUTPUT ${check} CONTENT "#include \"${name}/${header}\"\n")
    list(APPEND checks ${check})
  endforeach()
  if(checks)
    add_library(${name}_headers OBJECT ${checks})
    target_link_libraries(${name}_headers PRIVATE sohoa_flags ${ROOM_USES})
  endif()
endfunction()
