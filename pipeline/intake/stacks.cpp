#include "pipeline/intake/stacks.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "core/dossier_code.h"
#include "core/durable.h"
#include "pipeline/common/file_names.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestCode = 200;  ///< bytes: used as a folder name in review/

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// A page of a stack and its file.
struct Place {
  const IntakeFile* file;
  int index;
};

std::vector<Place> placesOf(const IntakeItem& stack) {
  std::vector<Place> places;
  for (const IntakeFile& file : stack.files) {
    for (int i = 0; i < file.original.pages; ++i) places.push_back({&file, i});
  }
  return places;
}

/// Problems of a stack that can be found before its pages are examined.
std::optional<ItemError> reasonNotExamined(const IntakeItem& stack) {
  std::vector<std::string> names;
  for (const IntakeFile& file : stack.files) {
    if (file.alreadySigned)
      return ItemError{Stage::intake, Cause::stackSigned, file.original.name, ""};
    names.push_back(file.original.name);
  }
  if (const auto missing = missingNumber(names)) {
    return ItemError{Stage::intake, Cause::pagesGap, std::to_string(*missing), ""};
  }
  return std::nullopt;
}

/// Examines the pages of all stacks in one batch of jobs, so that no worker is idle.
void lookAt(const fs::path& root, const std::vector<IntakeItem*>& stacks,
            const Catalogue& catalogue, const IntakeTools& tools) {
  std::vector<IntakeTools::Look> looks;
  for (const IntakeItem* stack : stacks) {
    for (const Place& place : placesOf(*stack)) {
      looks.push_back(
          {stackFile(root / stack->folder, *stack, place.file->original.name), place.index});
    }
  }
  const auto signs = tools.look(looks);
  std::size_t next = 0;
  for (IntakeItem* stack : stacks) {
    for (const Place& place : placesOf(*stack)) {
      StackPage& page = stack->stack->pages.emplace_back();
      page.file = place.file->original.name;
      page.index = place.index;
      if (signs[next]) page.signs = *signs[next];
      ++next;
    }
    const auto known = [&](const std::string& code) {
      return catalogue.registered(code).has_value();
    };
    stack->stack->plan = planStack(stack->stack->pages, known);
  }
}

/// Refuses dossiers that begin in two stacks, or in a stack and in a folder: which one is complete
/// is unknown.
void refuseTwice(Batch& batch) {
  std::map<std::string, std::vector<IntakeItem*>> at;
  for (IntakeItem& item : batch.items) {
    if (!item.stack) {
      if (DossierCode::parse(item.folder)) at[item.folder].push_back(&item);
      continue;
    }
    for (const StackPart& part : item.stack->plan.parts) {
      auto& places = at[part.code];
      if (places.empty() || places.back() != &item) places.push_back(&item);
    }
  }
  for (const auto& [code, items] : at) {
    if (items.size() < 2) continue;
    for (IntakeItem* item : items) {
      if (item->stack) {
        const IntakeItem* other = item == items.front() ? items.back() : items.front();
        item->stack->plan.problems.push_back(
            {Stage::intake, Cause::stackCodeTwice, code, printable(other->folder)});
      } else if (!item->problem) {
        item->problem = ItemError{Stage::intake, Cause::dossierDuplicate, code, ""};
      }
    }
  }
}

/// A run of consecutive pages in one file.
struct Cut {
  const IntakeFile* file;
  int first, count;  ///< index in the file, from 0
  int number;        ///< number of the first page in the stack, from 1
  bool separator;
};

std::vector<Cut> cutsOf(const IntakeItem& stack, const StackPart& part) {
  const auto places = placesOf(stack);
  std::vector<std::pair<int, bool>> numbers;
  for (const int page : part.sheets) numbers.emplace_back(page, true);
  for (const int page : part.pages) numbers.emplace_back(page, false);
  std::sort(numbers.begin(), numbers.end());
  std::vector<Cut> cuts;
  for (const auto& [number, separator] : numbers) {
    const Place& place = places.at(static_cast<std::size_t>(number - 1));
    const bool follows = !cuts.empty() && cuts.back().file == place.file &&
                         cuts.back().separator == separator &&
                         cuts.back().first + cuts.back().count == place.index;
    if (follows && place.file->kind == FileKind::pdf) {
      ++cuts.back().count;
    } else {
      cuts.push_back({place.file, place.index, 1, number, separator});
    }
  }
  return cuts;
}

std::string nameOf(const Cut& cut) {
  const char* what = cut.separator ? "sheet" : "page";
  const std::string extension = lower(fs::path(cut.file->original.name).extension().native());
  if (cut.count == 1) return fmt::format("{}-{:04}{}", what, cut.number, extension);
  return fmt::format("{}-{:04}-{:04}{}", what, cut.number, cut.number + cut.count - 1, extension);
}

/// Hard-links the file under another name where the file system can, else copies it.
void linkOrCopy(const fs::path& from, const fs::path& to) {
  std::error_code refused;
  fs::create_hard_link(from, to, refused);
  if (refused) copyFileDurably(from, to);
}

/// Stages every dossier of a stack; false, with a problem added to the plan, when one cannot be
/// made.
bool stageAll(const Site& site, const fs::path& root, const std::string& batchId, IntakeItem& stack,
              const IntakeTools& tools, std::vector<IntakeItem>& dossiers) {
  for (const StackPart& part : stack.stack->plan.parts) {
    auto item = stagePart(site, batchId, stack, root / stack.folder, part, tools);
    if (!item) {
      stack.stack->plan.problems.push_back(item.error());
      return false;
    }
    dossiers.push_back(std::move(*item));
  }
  return true;
}

}  // namespace

bool isStackName(std::string_view name, bool isFolder) {
  if (!allowedName(name)) return false;
  const std::string plain = lower(name);
  if (!isFolder) {
    return plain.ends_with(".tif") || plain.ends_with(".tiff") || plain.ends_with(".pdf");
  }
  if (!plain.starts_with("stack")) return false;
  return plain.size() == 5 ||
         std::string_view("-_. 0123456789").find(plain[5]) != std::string_view::npos;
}

std::string stackCode(const std::string& batchId, const std::string& name) {
  const std::string code = name + "@" + batchId;
  if (code.size() <= kLongestCode) return code;
  return "stack-" + sha512(code).hex().substr(0, 16);
}

fs::path stackFile(const fs::path& scans, const IntakeItem& item, const std::string& file) {
  return item.stack && item.stack->loose ? scans : scans / file;
}

fs::path stagingFolder(const Site& site, const std::string& batchId) {
  return site.work() / batchId / ".divided";
}

Result<IntakeItem> stagePart(const Site& site, const std::string& batchId, const IntakeItem& stack,
                             const fs::path& scans, const StackPart& part,
                             const IntakeTools& tools) {
  const fs::path folder = stagingFolder(site, batchId) / part.code;
  createFoldersDurably(folder);
  const auto cuts = cutsOf(stack, part);
  std::vector<IntakeTools::Extract> extracts;
  std::vector<fs::path> paths;
  for (const Cut& cut : cuts) {
    const fs::path from = stackFile(scans, stack, cut.file->original.name);
    paths.push_back(folder / nameOf(cut));
    if (cut.file->original.pages == 1) {
      linkOrCopy(from, paths.back());
    } else {
      extracts.push_back({from, cut.first, cut.count, paths.back()});
    }
  }
  for (const auto& done : tools.extract(extracts)) {
    if (!done) return done.error();
  }
  syncFolder(folder);
  IntakeItem item;
  item.folder = item.code = part.code;
  auto files = tools.inspect(paths);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const Cut& cut = cuts[i];
    if (!files[i]) return files[i].error();
    OriginalFile& original = files[i]->original;
    const OriginalFile& source = cut.file->original;
    const bool whole = source.pages == 1;
    if (original.pages != cut.count || (whole && original.sha512 != source.sha512)) {
      return ItemError{Stage::intake, Cause::fileChanged, source.name, ""};
    }
    original.name = paths[i].filename().native();
    original.separator = cut.separator;
    original.source = StackSource{printable(stack.folder), source.name, source.sha512,
                                  cut.first + 1, cut.first + cut.count};
    item.files.push_back(std::move(*files[i]));
  }
  return item;
}

void divideStacks(const Site& site, const fs::path& root, Batch& batch, const Catalogue& catalogue,
                  const IntakeTools& tools) {
  // left by a run that was killed before the record was written
  fs::remove_all(stagingFolder(site, batch.id));
  std::vector<IntakeItem*> toLookAt;
  for (IntakeItem& item : batch.items) {
    if (!item.stack || item.problem) continue;
    item.problem = reasonNotExamined(item);
    if (!item.problem) toLookAt.push_back(&item);
  }
  if (toLookAt.empty()) return;
  lookAt(root, toLookAt, catalogue, tools);
  refuseTwice(batch);
  std::vector<IntakeItem> items, dossiers;
  for (IntakeItem& item : batch.items) {
    if (!item.stack || item.problem) {
      items.push_back(std::move(item));
      continue;
    }
    std::vector<IntakeItem> parts;
    if (item.stack->plan.problems.empty() && stageAll(site, root, batch.id, item, tools, parts)) {
      DividedStack divided{item.folder, {}, item.stack->plan.parts};
      for (const IntakeFile& file : item.files) divided.files.push_back(file.original);
      batch.stacks.push_back(std::move(divided));
      std::move(parts.begin(), parts.end(), std::back_inserter(dossiers));
      continue;
    }
    for (const StackPart& part : item.stack->plan.parts) {
      fs::remove_all(stagingFolder(site, batch.id) / part.code);
    }
    item.problem = item.stack->plan.problems.front();
    items.push_back(std::move(item));
  }
  std::move(dossiers.begin(), dossiers.end(), std::back_inserter(items));
  batch.items = std::move(items);
}

void publishStacks(const Site& site, const Batch& batch) {
  const fs::path staging = stagingFolder(site, batch.id);
  if (!fs::exists(staging)) return;
  std::vector<fs::path> dossiers;
  for (const auto& entry : fs::directory_iterator(staging)) dossiers.push_back(entry.path());
  for (const fs::path& dossier : dossiers) {
    renameDurably(dossier, site.intake() / batch.folder / dossier.filename());
  }
  fs::remove(staging);
}

}  // namespace sohoa
