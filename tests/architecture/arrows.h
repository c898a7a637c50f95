#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace sohoa::architecture {

/// What breaks the arrows between rooms, one sentence each, "core/x.cpp:12: …":
/// - a room includes only the rooms below it, and of those only their public headers;
/// - every include names its file from the top;
/// - a third-party library stays in the rooms that are there to use it, and out of public headers;
///   a library that the table does not know is reported, too;
/// - a room's CMakeLists.txt links only rooms below it.
std::vector<std::string> brokenArrows(const SourceTree& tree);

/// Rooms that `room` may use, itself among them.
const std::set<std::string>& usableBy(const std::string& room);

}  // namespace sohoa::architecture
