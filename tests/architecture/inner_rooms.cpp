#include "tests/architecture/inner_rooms.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "tests/architecture/cpp_lexer.h"

namespace sohoa::architecture {
namespace {

using Table = std::map<std::string, std::set<std::string>>;

/// Names of one room's folders, as the table below writes them.
void addRoom(Table& table, const std::string& room,
             const std::vector<std::pair<std::string, std::set<std::string>>>& rows) {
  for (const auto& [name, uses] : rows) {
    auto& allowed = table[room + (name.empty() ? "" : "/" + name)];
    for (const std::string& use : uses) allowed.insert(room + (use.empty() ? "" : "/" + use));
  }
}

const std::set<std::string> kBelowCli = {"common",   "site",    "batch",  "workers", "intake",
                                         "scanning", "dossier", "filing", "results", "recognition",
                                         "review",   "night",   "audit",  "export",  "reports"};

Table makeTable() {
  Table table;
  addRoom(table, "core", {{"bytes", {}}, {"texts", {}}, {"", {"bytes", "texts"}}});
  addRoom(table, "scanner", {{"", {}}});
  addRoom(table, "samples",
          {{"texts", {""}}, {"drawing", {"texts", ""}}, {"", {"texts", "drawing"}}});
  addRoom(table, "pdf",
          {{"util", {}},
           {"images", {"util"}},
           {"structure", {"util"}},
           {"incoming", {"images", "util"}},
           {"content", {"structure", "util"}},
           {"drawing", {"structure", "images", "util"}},
           {"changes", {"content", "structure", "util"}},
           {"pdfa", {"incoming", "images", "util"}},
           {"access", {"pdfa", "incoming", "images", "util"}}});
  addRoom(table, "ocr",
          {{"image", {}},
           {"language", {}},
           {"layout", {"image"}},
           {"separators", {"image"}},
           {"engine", {"image"}},
           {"words", {"layout", "engine", "language", "image"}},
           {"fields", {"layout", "image", "language"}},
           {"page", {"image", "language", "layout", "engine", "words", "fields"}}});
  addRoom(table, "signing",
          {{"base", {}},
           {"appearance", {"base"}},
           {"keys", {"base"}},
           {"cms", {"base"}},
           {"certificates", {"cms", "base"}},
           {"online", {"certificates", "cms", "base"}},
           {"verify", {"certificates", "cms", "base"}},
           {"pades", {"verify", "online", "certificates", "cms", "keys", "appearance", "base"}}});
  addRoom(table, "storage",
          {{"disk", {}},
           {"text", {}},
           {"database", {}},
           {"tables", {}},
           {"ledger", {"disk"}},
           {"ocfl", {"disk"}},
           {"register", {"tables", "text", "disk"}},
           {"validator", {"ocfl", "disk"}},
           {"repository", {"validator", "ocfl", "disk"}},
           {"catalogue", {"repository", "register", "database", "text", "disk"}}});
  addRoom(table, "pipeline",
          {{"common", {}},
           {"site", {}},
           {"batch", {}},
           {"workers", {"batch"}},
           {"export", {"site"}},
           {"reports", {"common"}},
           {"intake", {"workers", "batch", "site", "common"}},
           {"scanning", {"intake", "batch", "site", "common"}},
           {"audit", {"intake", "batch", "site"}},
           {"dossier", {"intake", "batch", "site", "common"}},
           {"recognition", {"dossier", "intake", "workers"}},
           {"results", {"dossier", "site", "common"}},
           {"filing", {"results", "dossier", "intake", "workers", "site", "common"}},
           {"review", {"recognition", "dossier", "intake", "workers", "site", "common"}},
           {"night", {"filing", "recognition", "dossier", "intake", "workers", "site", "common"}}});
  std::set<std::string> cli = kBelowCli;
  addRoom(table, "pipeline", {{"cli/base", cli}});
  cli.insert("cli/base");
  addRoom(table, "pipeline", {{"cli", cli}});
  cli.insert("cli");
  addRoom(table, "pipeline", {{"cli/review", cli}, {"cli/scan", cli}});
  return table;
}

std::string folderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }
std::string stemOf(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}
bool isCode(const std::string& file) {
  return file.ends_with(".h") || file.ends_with(".cpp") || file.ends_with(".inc");
}

struct Include {
  std::string header;
  int line = 0;
};

/// Our own headers that a file includes.
std::vector<Include> includesOf(const std::string& contents) {
  std::vector<Include> includes;
  for (const Token& token : tokensOf(contents)) {
    if (token.kind != Token::Kind::include || token.value.front() != '"') continue;
    includes.push_back({token.value.substr(1, token.value.size() - 2), token.line});
  }
  return includes;
}

using IncludeGraph = std::map<std::string, std::vector<Include>>;

IncludeGraph graphOf(const SourceTree& tree) {
  IncludeGraph graph;
  for (const auto& [file, contents] : tree) {
    if (isCode(file)) graph[file] = includesOf(contents);
  }
  return graph;
}

/// The sources that implement a header: of its name, or beginning with it and without a header.
std::vector<std::string> sourcesOf(const std::string& header, const SourceTree& tree) {
  std::vector<std::string> sources;
  const std::string start = header.substr(0, header.size() - 2);
  for (auto at = tree.lower_bound(start); at != tree.end() && at->first.starts_with(start); ++at) {
    if (!at->first.ends_with(".cpp")) continue;
    const bool itsOwn = at->first == start + ".cpp";
    const bool hasHeader = tree.contains(at->first.substr(0, at->first.size() - 4) + ".h");
    if (itsOwn || (at->first[start.size()] == '_' && !hasHeader)) sources.push_back(at->first);
  }
  return sources;
}

struct Forbidden {
  std::string from;
  std::vector<std::string> to;
  std::string because;
};

const std::vector<Forbidden>& forbidden() {
  static const std::vector<Forbidden> kForbidden = {
      {"signing/verify",
       {"signing/keys", "signing/online"},
       "whoever judges foreign files must not reach a private key or the network"},
      {"pipeline/workers",
       {"pipeline/site"},
       "a worker that parses scans knows no site and no key"},
  };
  return kForbidden;
}

/// The way from a folder's files to a file of a forbidden folder; nothing when there is none.
std::optional<std::string> wayTo(const Forbidden& rule, const IncludeGraph& graph,
                                 const SourceTree& tree) {
  std::map<std::string, std::string> cameFrom;
  std::deque<std::string> open;
  for (const auto& [file, includes] : graph) {
    if (folderOf(file) != rule.from) continue;
    cameFrom[file] = "";
    open.push_back(file);
  }
  const auto go = [&](const std::string& to, const std::string& from) {
    if (cameFrom.emplace(to, from).second) open.push_back(to);
  };
  for (; !open.empty(); open.pop_front()) {
    const std::string file = open.front();
    if (std::find(rule.to.begin(), rule.to.end(), folderOf(file)) != rule.to.end()) {
      std::string way = file;
      for (std::string at = cameFrom[file]; !at.empty(); at = cameFrom[at]) way = at + " -> " + way;
      return way;
    }
    const auto found = graph.find(file);
    if (found == graph.end()) continue;
    for (const Include& include : found->second) go(include.header, file);
    if (file.ends_with(".h")) {
      for (const std::string& source : sourcesOf(file, tree)) go(source, file);
    }
  }
  return std::nullopt;
}

}  // namespace

const Table& innerRooms() {
  static const Table kTable = makeTable();
  return kTable;
}

std::vector<std::string> brokenInnerArrows(const SourceTree& tree) {
  std::vector<std::string> broken;
  const IncludeGraph graph = graphOf(tree);
  std::set<std::string> seen;
  for (const auto& [file, includes] : graph) {
    const std::string folder = folderOf(file);
    seen.insert(folder);
    const auto row = innerRooms().find(folder);
    if (row == innerRooms().end()) {
      broken.push_back(file + ": the table of inner rooms does not know " + folder);
      continue;
    }
    for (const Include& include : includes) {
      const std::string to = folderOf(include.header);
      if (roomOf(to) != roomOf(folder) || to == folder || row->second.contains(to)) continue;
      broken.push_back(file + ":" + std::to_string(include.line) + ": " + folder + " may not use " +
                       to);
    }
  }
  for (const auto& [folder, uses] : innerRooms()) {
    if (!seen.contains(folder)) broken.push_back("the table has a row without a folder: " + folder);
  }
  for (const Forbidden& rule : forbidden()) {
    if (const auto way = wayTo(rule, graph, tree)) broken.push_back(*way + ": " + rule.because);
  }
  return broken;
}

std::vector<std::string> folderCycles(const SourceTree& tree) {
  std::map<std::string, std::set<std::string>> uses;
  for (const auto& [file, includes] : graphOf(tree)) {
    for (const Include& include : includes) {
      const std::string to = folderOf(include.header);
      if (to != folderOf(file)) uses[folderOf(file)].insert(to);
    }
  }
  std::vector<std::string> cycles;
  std::set<std::string> done;
  for (const auto& [start, direct] : uses) {
    // The shortest way from a folder back to itself.
    std::map<std::string, std::string> cameFrom;
    std::deque<std::string> open{start};
    std::string last;
    for (; !open.empty() && last.empty(); open.pop_front()) {
      for (const std::string& next : uses[open.front()]) {
        if (next == start) last = open.front();
        if (next != start && cameFrom.emplace(next, open.front()).second) open.push_back(next);
      }
    }
    if (last.empty() || done.contains(start)) continue;
    std::string way = start;
    for (std::string at = last; at != start; at = cameFrom[at]) {
      way = at + " -> " + way;
      done.insert(at);
    }
    cycles.push_back(start + " -> " + way);
  }
  return cycles;
}

std::vector<std::string> crowdedFolders(const SourceTree& tree, std::size_t most) {
  std::map<std::string, std::size_t> files;
  for (const auto& [file, contents] : tree) ++files[folderOf(file)];
  std::vector<std::string> crowded;
  for (const auto& [folder, count] : files) {
    if (count > most) crowded.push_back(folder + ": " + std::to_string(count) + " files");
  }
  return crowded;
}

std::vector<std::string> sourcesWithoutHeader(const SourceTree& tree) {
  std::vector<std::string> without;
  for (const auto& [file, contents] : tree) {
    const bool command = file.starts_with("pipeline/cli/") || file == "samples/generate.cpp";
    if (!file.ends_with(".cpp") || command) continue;
    const std::string folder = folderOf(file), stem = stemOf(file);
    bool named = false;
    for (std::size_t end = stem.size(); end != std::string::npos && !named;
         end = stem.rfind('_', end - 1)) {
      named = tree.contains(folder + "/" + stem.substr(0, end) + ".h");
      if (end == 0) break;
    }
    if (!named) without.push_back(file);
  }
  return without;
}

}  // namespace sohoa::architecture
