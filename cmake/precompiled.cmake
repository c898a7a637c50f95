# sohoa_precompile(target [header…]): the standard headers that most sources use, and those named, are
# parsed once for the target instead of once for each of its sources. A source still includes what it
# uses: the preset `fuzz`, SOHOA_PRECOMPILED=OFF and the public headers, each compiled alone, build
# without.
option(SOHOA_PRECOMPILED "Parse common headers once per target" ON)

function(sohoa_precompile target)
  if(NOT SOHOA_PRECOMPILED)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE
    <algorithm> <array> <charconv> <chrono> <cmath> <cstdint> <filesystem> <fstream> <functional> <map>
    <memory> <mutex> <optional> <set> <string> <string_view> <thread> <utility> <vector>
    <fmt/core.h> <fmt/format.h> ${ARGN})
endfunction()
