#include "pipeline/review/rescan.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "core/durable.h"
#include "pipeline/common/file_names.h"
#include "pipeline/recognition/page_recognition.h"
#include "pipeline/review/review.h"
#include "pipeline/site/site_lock.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kInspectLimit{120};

ItemError refusal(Cause cause, const std::string& item, const std::string& detail = {}) {
  return {Stage::gate, cause, item, detail};
}

/// A free name such as "003-rescan.jpg", in the folder of the replaced page.
std::string freeName(const fs::path& scans, const std::string& before, const fs::path& file) {
  const fs::path place(before);
  const std::string stem = place.stem().native(), extension = file.extension().native();
  for (int n = 1;; ++n) {
    const std::string name =
        fmt::format("{}-rescan{}{}", stem, n == 1 ? "" : fmt::format("-{}", n), extension);
    const fs::path free = place.parent_path() / name;
    if (!fs::exists(fs::symlink_status(scans / free))) return free.native();
  }
}

/// Removes the problems of one page together with its old image.
void forgetProblemsOf(HeldDossier& held, const std::string& name) {
  std::erase_if(held.problems, [&](const ItemError& problem) { return problem.item == name; });
}

/// Adds the new image, or replaces an earlier rescan of the same page in place. Readings are named
/// by the index of their file, so indices must not change, and the reading of an earlier rescan is
/// deleted.
void put(HeldDossier& held, IntakeFile added, const fs::path& readings) {
  std::vector<IntakeFile>& files = held.item.files;
  const auto earlier = std::find_if(files.begin(), files.end(), [&](const IntakeFile& file) {
    return file.replaces == added.replaces;
  });
  if (earlier == files.end()) {
    files.push_back(std::move(added));
    return;
  }
  const std::string stale = readingName(static_cast<std::size_t>(earlier - files.begin()), 0);
  std::error_code none;
  std::vector<fs::path> gone;
  for (const auto& entry : fs::directory_iterator(readings, none)) {
    if (entry.path().filename().native().starts_with(stale)) gone.push_back(entry.path());
  }
  for (const fs::path& file : gone) fs::remove(file);
  *earlier = std::move(added);
}

/// Parses the number at the start of `text`; 0 when there is none.
int takeNumber(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

Result<std::vector<int>> parsePages(const std::string& text, int pages) {
  std::set<int> numbers;
  std::string_view rest = text;
  for (bool more = true; more;) {
    const int first = takeNumber(rest);
    int last = first;
    if (rest.starts_with('-')) {
      rest.remove_prefix(1);
      last = takeNumber(rest);
    }
    if (first < 1 || last < first || last > pages) return refusal(Cause::reviewPage, text);
    for (int n = first; n <= last; ++n) numbers.insert(n);
    more = rest.starts_with(',');
    if (more) rest.remove_prefix(1);
  }
  if (!rest.empty()) return refusal(Cause::reviewPage, text);
  return std::vector<int>(numbers.begin(), numbers.end());
}

Result<void> requestRescan(const Site& site, HeldDossier held, const std::vector<int>& pages,
                           const std::string& person, const std::string& reason) {
  if (auto may = mayAct(site, held, person, ReviewAct::send); !may) return may;
  const std::vector<ItemPage> all = pagesOf(held.item);
  const SiteLock lock(site);
  const auto clock = site.clock();
  std::string numbers;
  for (const int page : pages) {
    if (page < 1 || page > static_cast<int>(all.size())) {
      return refusal(Cause::reviewPage, std::to_string(page));
    }
    const ItemPage& place = all[static_cast<std::size_t>(page - 1)];
    std::erase_if(held.rescans, [&](const RescanRequest& one) { return one.page == page; });
    held.rescans.push_back(
        {page, pageName(*place.file, place.index), person, reason, clock->now()});
    numbers += (numbers.empty() ? "" : ",") + std::to_string(page);
  }
  std::sort(held.rescans.begin(), held.rescans.end(),
            [](const RescanRequest& a, const RescanRequest& b) { return a.page < b.page; });
  held.decision.reset();  // otherwise the dossier would be filed with the rejected page
  logReview(site, clock->now(), held, person, "review.rescan", reason, {{"pages", numbers}});
  saveHeld(site, held);
  return {};
}

Result<void> withdrawRescan(const Site& site, HeldDossier held, const std::string& person,
                            const std::string& reason) {
  if (auto may = mayAct(site, held, person, ReviewAct::send); !may) return may;
  const SiteLock lock(site);
  const auto clock = site.clock();
  std::string numbers;
  for (const RescanRequest& one : held.rescans) {
    numbers += (numbers.empty() ? "" : ",") + std::to_string(one.page);
  }
  held.rescans.clear();
  logReview(site, clock->now(), held, person, "review.rescan_withdrawn", reason,
            {{"pages", numbers}});
  saveHeld(site, held);
  return {};
}

Result<MergedPage> mergePage(const Site& site, HeldDossier held, int page, const fs::path& file,
                             WorkerProcess& inspector, const std::string& person,
                             const std::string& reason) {
  if (const auto may = mayAct(site, held, person, ReviewAct::send); !may) return may.error();
  const std::vector<ItemPage> all = pagesOf(held.item);
  if (page < 1 || page > static_cast<int>(all.size())) {
    return refusal(Cause::reviewPage, std::to_string(page));
  }
  const ItemPage place = all[static_cast<std::size_t>(page - 1)];
  const std::string before = pageName(*place.file, place.index);
  const IntakeFile::Place first =
      place.file->replaces.value_or(IntakeFile::Place{place.file->original.name, place.index});

  const SiteLock lock(site);
  const auto clock = site.clock();
  const fs::path scans = reviewFolder(site, held.code) / "scans";
  const std::string name = freeName(scans, first.name, file);
  if (!allowedName(fs::path(name).filename().native()))
    return refusal(Cause::fileName, printable(name));
  copyFileDurably(file, scans / name);
  syncFolder((scans / name).parent_path());
  const auto drop = [&](const ItemError& why) {
    std::error_code ignored;
    fs::remove(scans / name, ignored);
    return why;
  };
  // The copy is inspected, not the source: it is the file that will be filed.
  const auto inspected = inspector.call(InspectJob{scans / name}, kInspectLimit);
  if (!inspected) {
    ItemError why = inspected.error();
    why.item = printable(file.filename().native());
    return drop(why);
  }
  if (inspected->incoming.pageCount != 1 || inspected->incoming.alreadySigned) {
    return drop(refusal(Cause::reviewOnePage, printable(file.filename().native())));
  }
  IntakeFile added;
  added.original.name = name;
  added.original.bytes = inspected->bytes;
  added.original.sha512 = inspected->sha512;
  added.original.pages = 1;
  added.kind = inspected->incoming.kind;
  added.pages = inspected->incoming.pages;
  added.replaces = first;
  logReview(site, clock->now(), held, person, "review.merged", reason,
            {{"page", std::to_string(page)},
             {"old", before},
             {"old_sha512", place.file->original.sha512.hex()},
             {"new", name},
             {"new_sha512", added.original.sha512.hex()}});
  put(held, std::move(added), reviewFolder(site, held.code) / "readings");
  std::erase_if(held.rescans, [&](const RescanRequest& one) { return one.page == page; });
  forgetProblemsOf(held, before);
  MergedPage done{name, static_cast<int>(held.rescans.size()), false};
  done.files = held.problems.empty() && held.rescans.empty() && !held.item.problem;
  // Processed as if it had just come in: nobody has accepted anything, and the gate judges it anew.
  if (done.files) held.decision = ReviewDecision{person, reason, held.acceptedBefore, clock->now()};
  saveHeld(site, held);
  return done;
}

}  // namespace sohoa
