#include "pipeline/scanning/scan_session.h"

#include <fmt/core.h>

#include <map>
#include <set>

#include "core/durable.h"
#include "pipeline/common/file_names.h"
#include "pipeline/intake/manifest.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Free space for a sheet, the journal and the manifest, required before paper moves.
constexpr std::uintmax_t kSpaceAtLeast = 64u << 20;

ItemError problem(Cause cause, const std::string& item, std::string detail = {}) {
  return {Stage::intake, cause, item, std::move(detail)};
}

/// "001.jpg"; more digits from 1000 on, which natural order sorts after 999.
std::string pageName(int number, ImageFormat format) {
  return fmt::format("{:03}.{}", number, format == ImageFormat::jpeg ? "jpg" : "tif");
}

/// Whether a name has the form of a page file.
bool pageName(const std::string& name) {
  return name.size() > 4 && name.find_first_not_of("0123456789") == name.size() - 4 &&
         (name.ends_with(".jpg") || name.ends_with(".tif"));
}

/// The page file with this number in a folder, in either format.
std::optional<fs::path> pageIn(const fs::path& folder, int number) {
  for (const ImageFormat format : {ImageFormat::jpeg, ImageFormat::tiff}) {
    if (fs::exists(folder / pageName(number, format))) return folder / pageName(number, format);
  }
  return std::nullopt;
}

/// When a batch has left intake/, its name may be used again: renames its old journal.
void retireLeft(const Site& site, const std::string& batch) {
  const fs::path journal = ScanSession::journalOf(site, batch);
  if (fs::exists(site.intake() / batch) || !fs::exists(site.intake()) || !fs::exists(journal))
    return;
  const ScanBatch left = ScanJournal::read(journal);
  if (left.state == ScanBatch::State::open && left.pages() == 0) return;
  for (int n = 1;; ++n) {
    const fs::path retired = site.state() / "scans" / fmt::format("{}~{}.jsonl", batch, n);
    if (!fs::exists(retired)) return renameDurably(journal, retired);
  }
}

}  // namespace

fs::path ScanSession::journalOf(const Site& site, const std::string& batch) {
  return site.state() / "scans" / (batch + ".jsonl");
}

ScanSession::ScanSession(const Site& site, const std::string& batch, std::string person,
                         const Clock& clock)
    : site_(site), name_(batch), person_(std::move(person)), clock_(clock) {
  retireLeft(site, batch);
  const bool there = fs::exists(folder());
  const bool closed = there && (fs::exists(folder() / kDoneName) || manifestIsComplete(folder()));
  const auto foreign = [&] {
    return BatchError(closed ? Cause::scanBatchClosed : Cause::scanBatchForeign, printable(batch));
  };
  if (there && !fs::exists(journalOf(site, batch))) throw foreign();
  journal_.emplace(journalOf(site, batch));
  if (there && !this->batch().begun) throw foreign();
  if (this->batch().state == ScanBatch::State::closed)
    throw BatchError(Cause::scanBatchClosed, printable(batch));
  if (this->batch().state == ScanBatch::State::closing) {
    if (auto ended = close(); !ended) throw BatchError(ended.error().cause, ended.error().item);
    closedOnOpening_ = true;
    return;
  }
  if (fs::exists(folder() / kDoneName))
    throw BatchError(Cause::scanBatchClosed, printable(batch));  // closed by hand
  if (const ScanStack* stack = unfinished()) createFoldersDurably(folder() / stack->folder);
  adopt();
  putAside();
}

/// Adopts complete page files that a crash left without a journal line.
void ScanSession::adopt() {
  const ScanStack* stack = unfinished();
  if (stack == nullptr || !stack->moved || !stack->trouble.empty() || stack->next() == 0) return;
  const int sheet = stack->next();
  const int first = stack->turned ? 1 : 0, last = stack->sides == ScanSides::both ? 1 : first;
  std::vector<ScannedFile> sides;
  for (int side = first; side <= last; ++side) {
    const auto page = pageIn(folder() / stack->folder, stack->pageNumber(sheet, side));
    if (!page) return;
    sides.push_back({page->filename(), fs::file_size(*page), sha512OfFile(*page)});
  }
  journal_->kept(sheet, sides, now());
}

/// Sets aside files in the batch's folders that are no pages of the journal: incomplete files of a
/// dead process, sheets that will be scanned again. The names of the next pages must be free.
void ScanSession::putAside() {
  std::map<std::string, std::set<std::string>> known;
  for (const ScanStack& stack : batch().stacks) {
    for (const auto& sheet : stack.sheets) {
      for (const ScannedFile& side : sheet.sides) known[stack.folder].insert(side.name);
    }
  }
  if (!fs::exists(folder())) return;
  std::vector<std::pair<fs::path, fs::path>> moves;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    if (entry.is_directory()) continue;
    const fs::path inBatch = fs::relative(entry.path(), folder());
    if (inBatch == kManifestName) continue;
    const auto names = known.find(inBatch.parent_path());
    if (names != known.end() && names->second.contains(inBatch.filename())) continue;
    moves.emplace_back(entry.path(), inBatch);
  }
  const fs::path aside = site_.state() / "scans" / (name_ + ".aside");
  for (const auto& [from, inBatch] : moves) {
    fs::path to = aside / inBatch;
    createFoldersDurably(to.parent_path());
    for (int n = 2; fs::exists(to); ++n) to = aside / fmt::format("{}~{}", inBatch.string(), n);
    renameDurably(from, to);
    const std::string name = inBatch.filename();
    if (name.front() != '.' && !pageName(name)) strangers_.push_back(printable(inBatch.native()));
  }
  // An empty folder left by a dropped stack would be taken for a dossier without pages.
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder())) {
    const bool inUse = unfinished() != nullptr && unfinished()->folder == entry.path().filename();
    if (entry.is_directory() && fs::is_empty(entry.path()) && !inUse)
      folders.push_back(entry.path());
  }
  for (const fs::path& empty : folders) fs::remove(empty);
}

fs::path ScanSession::lastPage() const {
  const ScanStack* stack = unfinished();
  if (stack == nullptr || stack->sheets.empty()) return {};
  const int sheet = stack->turned ? stack->next() + 1 : static_cast<int>(stack->sheets.size());
  if (sheet > static_cast<int>(stack->sheets.size())) return {};
  return folder() / stack->folder /
         stack->sheets[static_cast<std::size_t>(sheet - 1)].sides.back().name;
}

Result<void> ScanSession::begin(ScanStack stack, bool append) {
  if (const ScanStack* open = unfinished()) return problem(Cause::scanUnfinished, open->folder);
  const bool loose = stack.folder.empty();
  int stacks = 0;
  while (loose && batch().pagesOf(fmt::format("stack-{:03}", stacks + 1)) > 0) ++stacks;
  if (loose) stack.folder = fmt::format("stack-{:03}", append && stacks > 0 ? stacks : stacks + 1);
  const int pages = batch().pagesOf(stack.folder);
  if (pages > 0 && !append) return problem(Cause::scanFolderExists, stack.folder);
  stack.firstPage = pages + 1;
  stack.person = person_;
  journal_->beginStack(stack, now());
  createFoldersDurably(folder() / stack.folder);
  return {};
}

Result<void> ScanSession::answer(int sheet) {
  const ScanStack& stack = *unfinished();
  const int last = stack.turned ? static_cast<int>(stack.sheets.size()) : stack.next();
  const bool skips = stack.turned ? sheet < stack.next() : sheet > last;
  if (skips || sheet < 1 || sheet > last) {
    return problem(Cause::scanSheetMissing, stack.folder, std::to_string(stack.next()));
  }
  journal_->answered(sheet, person_, now());
  putAside();
  return {};
}

void ScanSession::recount(int sheets) { journal_->counted(sheets, person_); }
void ScanSession::turn() { journal_->turned(); }

void ScanSession::drop() {
  journal_->dropped(person_, now());
  putAside();
}

/// Writes the sides of a sheet durably, under their page numbers.
std::vector<ScannedFile> ScanSession::write(int sheet, const std::vector<PageImage>& sides,
                                            int firstSide) {
  const ScanStack& stack = *unfinished();
  std::vector<ScannedFile> files;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const int number = stack.pageNumber(sheet, firstSide + static_cast<int>(i));
    const std::string name = pageName(number, sides[i].format);
    writeFileDurably(folder() / stack.folder / name, sides[i].bytes);
    files.push_back({name, sides[i].bytes.size(), sha512(sides[i].bytes)});
  }
  return files;
}

/// Scans one sheet. False when the feeder is empty.
Result<bool> ScanSession::nextSheet(Scanner& scanner, ScanListener& listener) {
  const ScanStack& stack = *unfinished();
  const int sheet = stack.next();
  if (fs::space(folder()).available < kSpaceAtLeast)
    throw BatchError(Cause::diskFull, folder().string());
  std::vector<PageImage> sides;
  for (int side = 0; side < (stack.sides == ScanSides::both ? 2 : 1); ++side) {
    auto page = scanner.nextSide();
    if (!page && page.error().cause == Cause::scanEmpty && side == 0) return false;
    if (!page && page.error().cause == Cause::scanEmpty) {
      return problem(Cause::scanDeviceGone, page.error().item, "front without back");
    }
    if (!page) return page.error();
    sides.push_back(std::move(*page));
  }
  if (sheet == 0) {
    return problem(Cause::scanCount, stack.folder, fmt::format("> {}", stack.sheets.size()));
  }
  journal_->kept(sheet, write(sheet, sides, stack.turned ? 1 : 0), now());
  const auto& kept = stack.sheets[static_cast<std::size_t>(sheet - 1)].sides;
  listener.kept(stack, sheet, stack.turned ? std::vector{kept.back()} : kept);
  return true;
}

LoadEnd ScanSession::runLoad(Scanner& scanner, ScanListener& listener,
                             const std::atomic<bool>& stop) {
  LoadEnd end;
  journal_->load();
  const bool glass = unfinished()->settings.source == ScanSource::flatbed;
  for (bool more = true; more;) {
    if (stop) {
      end.interrupted = true;
      break;
    }
    auto sheet = nextSheet(scanner, listener);
    if (!sheet) {
      end.trouble = sheet.error();
      journal_->trouble(std::string(codeOf(sheet.error().cause)));
      scanner.rest();
      return end;
    }
    end.sheets += *sheet ? 1 : 0;
    more = *sheet && !glass;
  }
  scanner.rest();
  if (!end.interrupted) journal_->empty();
  return end;
}

Result<void> ScanSession::finish(bool closing) {
  const ScanStack& stack = *unfinished();
  const int sheets = static_cast<int>(stack.sheets.size());
  if (stack.moved) return problem(Cause::scanUnfinished, stack.folder);
  if (sheets == 0) return problem(Cause::scanNothing, stack.folder);
  if (stack.counted > 0 && sheets != stack.counted) {
    return problem(Cause::scanCount, stack.folder, fmt::format("{} / {}", sheets, stack.counted));
  }
  if (stack.sides == ScanSides::inTurns && stack.backs() != sheets) {
    return problem(Cause::scanCount, stack.folder, fmt::format("{} / {}", stack.backs(), sheets));
  }
  journal_->completed(closing);
  return {};
}

}  // namespace sohoa
