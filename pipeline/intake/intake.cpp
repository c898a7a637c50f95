#include "pipeline/intake/intake.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/dossier_code.h"
#include "core/durable.h"
#include "core/texts/text.h"
#include "pipeline/common/file_names.h"
#include "pipeline/intake/batch_notes.h"
#include "pipeline/intake/document_plan.h"
#include "pipeline/intake/manifest.h"
#include "pipeline/intake/signed_scans.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// In bytes. The names of its record and of its folders are derived from it.
constexpr std::size_t kLongestBatchName = 200;

struct Entry {
  std::string name;
  fs::path path;
  /// of the entry itself; symbolic links are not followed
  fs::file_status status;
};

/// Entries in natural order, without the operating system's leftovers and our own markers.
std::vector<Entry> entriesOf(const fs::path& folder) {
  std::vector<Entry> entries;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().filename().native();
    if (systemLeftover(name)) continue;
    entries.push_back({std::move(name), entry.path(), entry.symlink_status()});
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return naturalLess(a.name, b.name); });
  return entries;
}

ItemError problem(Cause cause, std::string_view item, std::string detail = {}) {
  return {Stage::intake, cause, printable(item), std::move(detail)};
}

/// Upper case without spaces: folders that differ only in these are the same dossier.
std::string normalisedCode(std::string_view folder) {
  std::string code;
  for (const char c : folder) {
    if (c != ' ') code += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return code;
}

/// Lists the files in a folder of a dossier, or in the folder of one of its documents (`document`,
/// with a trailing slash), which must not contain further folders.
std::optional<ItemError> listFiles(const Entry& folder, const std::string& document,
                                   std::vector<std::string>& names) {
  std::vector<Entry> entries;
  try {
    entries = entriesOf(folder.path);
  } catch (const fs::filesystem_error& error) {
    return problem(Cause::fileUnreadable, folder.name, error.code().message());
  }
  for (const Entry& entry : entries) {
    const std::string name = document + entry.name;
    if (!allowedName(entry.name)) return problem(Cause::fileName, name);
    if (fs::is_directory(entry.status)) {
      if (!document.empty() || !labelOfFolder(entry.name)) return problem(Cause::fileFolder, name);
      if (auto wrong = listFiles(entry, name + "/", names)) return wrong;
    } else if (fs::is_regular_file(entry.status)) {
      names.push_back(name);
    } else {
      return problem(Cause::fileSymlink, name);
    }
  }
  return std::nullopt;
}

/// Checks a dossier folder as far as possible without opening a file; fills `names`. A stack has no
/// document folders.
std::optional<ItemError> checkFolder(const Entry& folder, bool stack,
                                     std::vector<std::string>& names) {
  if (fs::is_symlink(folder.status)) return problem(Cause::fileSymlink, folder.name);
  if (!fs::is_directory(folder.status)) return problem(Cause::fileStray, folder.name);
  auto wrong = listFiles(folder, "", names);
  const auto inner = std::find_if(names.begin(), names.end(), [](const std::string& name) {
    return name.find('/') != std::string::npos;
  });
  if (!wrong && stack && inner != names.end()) wrong = problem(Cause::fileFolder, *inner);
  if (!wrong && names.empty()) wrong = problem(Cause::dossierEmpty, folder.name);
  return wrong;
}

/// A stack, if the entry is one.
std::optional<HeldStack> stackAt(const Entry& entry) {
  const bool file = fs::is_regular_file(entry.status), folder = fs::is_directory(entry.status);
  if ((!file && !folder) || !isStackName(entry.name, folder)) return std::nullopt;
  HeldStack stack;
  stack.loose = file;
  return stack;
}

/// Why a folder of intake/ is not taken in; empty when it is a closed batch.
const char* reasonLeftAlone(const Entry& entry) try {
  if (!fs::is_directory(entry.status)) return textId("it is not a batch folder");
  if (!allowedName(entry.name) || entry.name.find('~') != std::string::npos ||
      entry.name.size() > kLongestBatchName) {
    return textId("its name is not allowed for a batch");
  }
  (void)fs::directory_iterator(entry.path);
  (void)readManifest(entry.path);
  if (fs::exists(entry.path / kDoneName) || manifestIsComplete(entry.path)) return "";
  return textId("it is still being written (no .done and no complete manifest)");
} catch (const fs::filesystem_error&) {
  return textId("it cannot be read");
}

/// Dossiers named by the manifest of which no file arrived: they must be reported.
std::vector<IntakeItem> neverArrived(const Manifest& manifest,
                                     const std::vector<IntakeItem>& items) {
  std::set<std::string> known;
  for (const IntakeItem& item : items) known.insert(item.folder);
  std::vector<IntakeItem> missing;
  for (const auto& [name, digest] : manifest.files) {
    const std::string folder = name.substr(0, name.find('/'));
    if (!allowedName(folder) || !known.insert(folder).second) continue;
    missing.push_back({folder, printable(folder), {}, problem(Cause::manifestMissing, name)});
  }
  return missing;
}

/// Finds files equal byte for byte to an earlier one of the batch.
void findEqualFiles(std::vector<IntakeItem>& items) {
  std::map<std::string, std::pair<const IntakeItem*, std::string>> first;  // by digest
  for (IntakeItem& item : items) {
    for (const IntakeFile& file : item.files) {
      if (file.original.separator) continue;
      const auto [known, fresh] =
          first.try_emplace(file.original.sha512.hex(), &item, file.original.name);
      if (fresh) continue;
      const auto& [other, name] = known->second;
      item.twins.push_back({PageTwin::Kind::same, file.original.name, name,
                            other == &item ? std::string() : other->folder});
    }
  }
}

/// Adds the statements of people about the batch, and the register's data about its dossiers.
void note(const Site& site, const std::string& folder, const Catalogue& catalogue, Batch& batch) {
  BatchNotes notes = readBatchNotes(site.intake() / folder);
  addScanners(site, folder, notes);
  batch.scannedBy = notes.scannedBy;
  for (IntakeItem& item : batch.items) {
    const auto declared = notes.pages.find(item.folder);
    if (declared != notes.pages.end()) item.declaredPages = declared->second;
    if (item.problem || !DossierCode::parse(item.code)) continue;
    if (const auto row = catalogue.registered(item.code)) item.excludedReason = row->excludedReason;
  }
  findEqualFiles(batch.items);
}

std::string freeBatchId(const Site& site, const std::string& folder) {
  for (int n = 1;; ++n) {
    const std::string id = n == 1 ? folder : fmt::format("{}~{}", folder, n);
    const fs::path record = site.batches() / (id + ".json");
    if (!fs::exists(record)) return id;
    const Batch earlier = batchFromJson(readFile(record));
    if (earlier.folder == folder && !fs::exists(site.batches() / (id + ".finished"))) return id;
  }
}

}  // namespace

std::vector<IntakeFolder> listIntake(const Site& site) {
  std::vector<IntakeFolder> folders;
  for (const Entry& entry : entriesOf(site.intake())) {
    const std::string why = reasonLeftAlone(entry);
    folders.push_back({entry.name, why.empty(), why});
  }
  return folders;
}

Batch takeIn(const Site& site, const std::string& folder, const Catalogue& catalogue,
             const Clock& clock, const IntakeTools& tools) {
  const std::string id = freeBatchId(site, folder);
  const fs::path record = site.batches() / (id + ".json");
  if (fs::exists(record)) {
    Batch batch = batchFromJson(readFile(record));
    batch.resumed = true;
    publishStacks(site, batch);
    return batch;
  }

  Batch batch{id, folder, clock.now(), false, {}, {}};
  const fs::path root = site.intake() / folder;
  const Manifest manifest = readManifest(root);
  std::vector<fs::path> paths;  // all files to inspect
  // the item to which each belongs, and its name
  std::vector<std::pair<std::size_t, std::string>> of;
  std::map<std::string, int> seen;
  for (const Entry& entry : entriesOf(root)) {
    if (entry.name == kDoneName || entry.name == kManifestName) continue;
    IntakeItem item;
    item.folder = entry.name;
    item.code = printable(entry.name);
    std::vector<std::string> names;
    const auto code = DossierCode::parse(entry.name);
    item.stack = stackAt(entry);
    if (item.stack && item.stack->loose) {
      names = {entry.name};
    } else {
      item.problem = checkFolder(entry, item.stack.has_value(), names);
    }
    if (item.stack) item.code = stackCode(id, entry.name);
    ++seen[normalisedCode(entry.name)];
    if (!item.problem && !code && !item.stack)
      item.problem = problem(Cause::dossierCode, entry.name);
    if (!item.problem && code && !catalogue.registered(code->text())) {
      item.problem = problem(Cause::dossierUnknown, entry.name);
    }
    for (const std::string& name : names) {
      paths.push_back(item.stack && item.stack->loose ? entry.path : entry.path / name);
      of.emplace_back(batch.items.size(), name);
    }
    batch.items.push_back(std::move(item));
  }
  for (IntakeItem& item : batch.items) {
    if (seen[normalisedCode(item.folder)] > 1 && DossierCode::parse(normalisedCode(item.folder))) {
      item.problem = problem(Cause::dossierDuplicate, item.folder);
    }
  }

  auto inspected = tools.inspect(paths);
  settleSignedScans(inspected, paths, tools, site.config().scan.signers);
  for (std::size_t i = 0; i < inspected.size(); ++i) {
    IntakeItem& item = batch.items[of[i].first];
    if (inspected[i]) {
      inspected[i]->original.name = of[i].second;
      item.files.push_back(std::move(*inspected[i]));
    } else if (!item.problem) {
      item.problem = inspected[i].error();
      item.problem->item = printable(of[i].second);
    }
  }
  for (IntakeItem& item : batch.items) {
    if (!item.problem) item.problem = checkAgainst(manifest, item);
    if (item.problem || item.stack) continue;
    if (const auto planned = planDocuments(item.files); !planned) item.problem = planned.error();
  }
  for (IntakeItem& item : neverArrived(manifest, batch.items))
    batch.items.push_back(std::move(item));
  divideStacks(site, root, batch, catalogue, tools);
  note(site, folder, catalogue, batch);
  // An empty folder under a used name was left by a crash while the previous batch was closed.
  if (!batch.items.empty() || id == folder) writeFileDurably(record, toJson(batch));
  publishStacks(site, batch);
  return batch;
}

}  // namespace sohoa
