#include "tests/architecture/source_tree.h"

#include <filesystem>
#include <regex>
#include <sstream>

#include "tests/support/files.h"

namespace sohoa::architecture {
namespace fs = std::filesystem;
namespace {

std::string withoutComments(const std::string& cmake) {
  return std::regex_replace(cmake, std::regex("#[^\n]*"), "");
}

}  // namespace

const std::vector<std::string>& rooms() {
  static const std::vector<std::string> kRooms = {
      "core", "pdf", "ocr", "signing", "storage", "scanner", "pipeline", "portal", "samples"};
  return kRooms;
}

std::string roomOf(const std::string& path) { return path.substr(0, path.find('/')); }

SourceTree readRooms() {
  static const std::set<std::string> kKinds = {".h", ".cpp", ".inc", ".def"};
  SourceTree tree;
  const fs::path top = test::sourceFolder();
  for (const std::string& room : rooms()) {
    if (!fs::exists(top / room)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(top / room)) {
      const fs::path& file = entry.path();
      if (!entry.is_regular_file()) continue;
      if (kKinds.contains(file.extension()) || file.filename() == "CMakeLists.txt") {
        tree[fs::relative(file, top)] = test::slurp(file);
      }
    }
  }
  return tree;
}

std::set<std::string> publicHeadersOf(const SourceTree& tree) {
  std::set<std::string> headers;
  for (const auto& [path, contents] : tree) {
    if (!path.ends_with("CMakeLists.txt")) continue;
    std::istringstream words(
        std::regex_replace(withoutComments(contents), std::regex("[()]"), " "));
    bool listing = false;
    for (std::string word; words >> word;) {
      if (word == "HEADERS") {
        listing = true;
      } else if (listing && word.ends_with(".h")) {
        headers.insert(roomOf(path) + "/" + word);
      } else {
        listing = false;
      }
    }
  }
  return headers;
}

std::set<std::string> roomsLinkedBy(const std::string& cmake) {
  static const std::regex kTarget("sohoa(?:::|_)([a-z]+)");
  const std::string text = withoutComments(cmake);
  std::set<std::string> linked;
  for (std::sregex_iterator match(text.begin(), text.end(), kTarget), end; match != end; ++match) {
    linked.insert((*match)[1]);
  }
  return linked;
}

}  // namespace sohoa::architecture
