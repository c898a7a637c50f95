#include "tests/architecture/arrows.h"

#include <map>
#include <optional>

#include "tests/architecture/cpp_lexer.h"

namespace sohoa::architecture {
namespace {

/// A third-party library by how its header names begin, and the folders or files that may use it.
struct Library {
  std::string prefix;
  std::vector<std::string> users;
};

const std::vector<Library>& libraries() {
  static const std::vector<std::string> kAll = rooms();
  static const std::vector<Library> kLibraries = {
      // Keys and certificates in signing/; elsewhere digests only.
      {"openssl/", {"signing/", "core/digest.cpp", "storage/ocfl/fixity_digest.cpp"}},
      {"curl/", {"signing/online/"}},
      {"p11-kit/", {"signing/"}},
      {"sqlite3.h", {"storage/"}},
      {"csv.h", {"storage/"}},
      {"libpq-fe.h", {"storage/"}},
      {"tesseract/", {"ocr/", "samples/"}},
      {"allheaders.h", {"ocr/", "pdf/", "samples/"}},
      {"leptonica/", {"ocr/", "pdf/", "samples/"}},
      {"qpdf/", {"pdf/"}},
      {"harfbuzz/", {"pdf/", "samples/"}},
      {"hb", {"pdf/", "samples/"}},
      {"jpeglib.h", {"ocr/", "pdf/", "samples/", "scanner/"}},
      {"jerror.h", {"ocr/", "pdf/", "samples/", "scanner/"}},
      {"sane/", {"scanner/"}},
      {"tiff", {"ocr/", "pdf/", "samples/", "scanner/"}},
      {"png.h", {"ocr/", "samples/"}},
      {"zlib.h", {"ocr/", "pdf/", "samples/", "storage/"}},
      {"expat.h", {"storage/", "pdf/"}},
      {"ZXing/", {"ocr/"}},
      {"qrencode.h", {"pdf/"}},
      {"seccomp.h", {"pipeline/workers/"}},
      // A program of its own: its licence and its faults stay there.
      {"poppler/", {"pipeline/workers/page_renderer_main.cpp"}},
      {"CLI/", {"pipeline/cli/base/"}},
      {"toml++/", {"pipeline/site/", "pipeline/export/"}},
      {"pango/", {"samples/"}},
      {"cairo", {"samples/"}},
      {"glib", {"samples/"}},
      {"fontconfig/", {"samples/"}},
      {"utf8proc.h", {"storage/", "pipeline/", "samples/"}},
      {"fmt/", kAll},
      {"nlohmann/", kAll},
  };
  return kLibraries;
}

/// fmt in say()'s template, and JSON in the one header that compiles it once for all, are the
/// third-party names that public headers show.
bool allowedInPublicHeader(const std::string& file, const std::string& header) {
  return (file == "core/texts/text.h" && header == "fmt/core.h") ||
         (file == "core/texts/json.h" && header == "nlohmann/json.hpp");
}

/// The C++ standard library has names without a dot; POSIX and Linux are listed.
bool ofTheSystem(const std::string& header) {
  static const std::set<std::string> kFiles = {
      "dirent.h", "dlfcn.h",   "errno.h",   "fcntl.h",  "langinfo.h", "locale.h",
      "malloc.h", "poll.h",    "pthread.h", "pwd.h",    "sched.h",    "signal.h",
      "spawn.h",  "stddef.h",  "stdint.h",  "stdio.h",  "stdlib.h",   "string.h",
      "syslog.h", "termios.h", "time.h",    "unistd.h", "wchar.h"};
  if (kFiles.contains(header)) return true;
  for (const char* folder : {"sys/", "linux/", "netinet/", "arpa/", "asm/"}) {
    if (header.starts_with(folder)) return true;
  }
  return header.find_first_of("./") == std::string::npos;
}

std::optional<std::string> problemOfThirdParty(const std::string& file, const std::string& header,
                                               bool isPublic) {
  if (ofTheSystem(header)) return std::nullopt;
  const Library* library = nullptr;
  for (const Library& candidate : libraries()) {
    if (header.starts_with(candidate.prefix)) library = &candidate;
  }
  if (library == nullptr) return "<" + header + "> is of a library that the table does not know";
  if (isPublic && !allowedInPublicHeader(file, header)) {
    return "<" + header + "> shows a third-party library in a public header";
  }
  for (const std::string& user : library->users) {
    if (file.starts_with(user)) return std::nullopt;
  }
  return "<" + header + "> belongs to other rooms";
}

std::optional<std::string> problemOfOurs(const std::string& file, const std::string& header,
                                         const std::set<std::string>& publicHeaders) {
  const std::string from = roomOf(file), to = roomOf(header);
  if (to == header || usableBy(to).empty()) {
    return "\"" + header + "\" is not named from the top folder";
  }
  if (!usableBy(from).contains(to))
    return "\"" + header + "\": no arrow from " + to + " to " + from;
  if (header.ends_with(".def") || header.ends_with(".inc")) return std::nullopt;
  const bool shown = publicHeaders.contains(header);
  if (from != to && !shown) return "\"" + header + "\" is private to " + to;
  if (publicHeaders.contains(file) && !shown) {
    return "\"" + header + "\" is private, and a public header includes it";
  }
  return std::nullopt;
}

}  // namespace

const std::set<std::string>& usableBy(const std::string& room) {
  static const std::map<std::string, std::set<std::string>> kUsable = {
      {"core", {"core"}},
      {"pdf", {"core", "pdf"}},
      {"ocr", {"core", "ocr"}},
      {"signing", {"core", "pdf", "signing"}},
      {"storage", {"core", "storage"}},
      {"scanner", {"core", "scanner"}},
      {"pipeline", {"core", "pdf", "ocr", "signing", "storage", "scanner", "pipeline"}},
      {"portal", {"core", "pdf", "ocr", "signing", "storage", "scanner", "pipeline", "portal"}},
      {"samples", {"core", "samples"}},
  };
  static const std::set<std::string> kNone;
  const auto found = kUsable.find(room);
  return found == kUsable.end() ? kNone : found->second;
}

std::vector<std::string> brokenArrows(const SourceTree& tree) {
  const std::set<std::string> publicHeaders = publicHeadersOf(tree);
  std::vector<std::string> broken;
  for (const auto& [file, contents] : tree) {
    if (file.ends_with("CMakeLists.txt")) {
      for (const std::string& linked : roomsLinkedBy(contents)) {
        if (usableBy(linked).empty()) continue;  // flags, a program: not a room
        if (!usableBy(roomOf(file)).contains(linked)) {
          broken.push_back(file + ": no arrow from " + linked + " to " + roomOf(file));
        }
      }
      continue;
    }
    for (const Token& token : tokensOf(contents)) {
      if (token.kind != Token::Kind::include) continue;
      const std::string header = token.value.substr(1, token.value.size() - 2);
      const auto problem = token.value.front() == '<'
                               ? problemOfThirdParty(file, header, publicHeaders.contains(file))
                               : problemOfOurs(file, header, publicHeaders);
      if (problem) broken.push_back(file + ":" + std::to_string(token.line) + ": " + *problem);
    }
  }
  return broken;
}

}  // namespace sohoa::architecture
