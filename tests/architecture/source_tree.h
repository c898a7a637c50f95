#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sohoa::architecture {

/// The sources of the project: path from the top folder ("core/texts/text.h") -> contents. A value,
/// so that a test can forge one.
using SourceTree = std::map<std::string, std::string>;

/// The folders that hold what is built and shipped, and the sample generator.
const std::vector<std::string>& rooms();
/// First folder of a path: "pipeline" of "pipeline/cli/main.cpp".
std::string roomOf(const std::string& path);
/// *.h, *.cpp, *.inc, *.def and CMakeLists.txt of every room.
SourceTree readRooms();
/// The headers that rooms show to others: those named after HEADERS in their CMakeLists.txt.
std::set<std::string> publicHeadersOf(const SourceTree& tree);
/// Targets that a room's CMakeLists.txt names as sohoa::<room>.
std::set<std::string> roomsLinkedBy(const std::string& cmake);

}  // namespace sohoa::architecture
