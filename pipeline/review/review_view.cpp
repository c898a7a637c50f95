#include "pipeline/review/review_view.h"

#include <set>

#include "core/durable.h"
#include "core/reading.h"
#include "pipeline/dossier/dossier_documents.h"
#include "pipeline/dossier/duplicate_pages.h"
#include "pipeline/recognition/page_recognition.h"
#include "pipeline/review/review_roles.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// The reading of a page among the work files; nothing when it was never read.
std::optional<PageReading> readingOf(const fs::path& folder, const std::string& beginning) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().native();
    if (!name.starts_with(beginning) || !name.ends_with(".json")) continue;
    if (auto reading = readingFromJson(readFile(entry.path()))) return std::move(*reading);
  }
  return std::nullopt;
}

void describe(ReviewPage& page, const PageReading& reading) {
  page.read = true;
  page.blank = reading.blank;
  page.inkShare = reading.inkShare;
  page.confidence = reading.confidence;
  page.words = wordCount(reading);
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        if (word.suspect) page.doubtful.push_back({word.text, word.confidence, word.box});
      }
    }
  }
}

std::string registeredValue(const std::string& name, const std::optional<RegisterRow>& row) {
  if (!row) return {};
  if (name == "dossier_code") return row->dossierCode;
  if (name == field::kNumber) return row->resultNumber;
  if (name == field::kDate && row->resultDate) return isoDay(*row->resultDate);
  return {};
}

class Viewer {
 public:
  Viewer(const Site& site, HeldDossier held) : folder_(reviewFolder(site, held.code)) {
    view_.scannedBy = scannersOf(site, held.batch);
    view_.registered = site.catalogue().open()->registered(held.code);
    view_.held = std::move(held);
  }

  ReviewView make() {
    addPages();
    addFields();
    view_.twins = twinsOf(view_.held.item, readings_);
    for (const ItemError& problem : view_.held.problems) {
      if (!placed_.contains(&problem)) view_.general.push_back(problem);
    }
    const HeldDossier& held = view_.held;
    view_.awaitsApproval = held.problems.empty() && held.rescans.empty() && !held.decision;
    return std::move(view_);
  }

 private:
  void addPages() {
    const HeldDossier& held = view_.held;
    int number = 0;
    for (const ItemPage& place : pagesOf(held.item)) {
      ReviewPage page;
      page.number = ++number;
      page.name = pageName(*place.file, place.index);
      page.image = folder_ / "scans" / place.file->original.name;
      page.pageInFile = place.index + 1;
      if (place.replaced) {
        page.replaces = pageName(*place.replaced, place.file->replaces->index);
      }
      const auto file = static_cast<std::size_t>(place.file - held.item.files.data());
      auto reading = readingOf(folder_ / "readings", readingName(file, place.index));
      if (reading) describe(page, *reading);
      readings_.push_back(reading ? std::move(*reading) : PageReading{});
      for (const ItemError& problem : held.problems) {
        if (problem.item != page.name) continue;
        page.problems.push_back(problem);
        placed_.insert(&problem);
      }
      for (const RescanRequest& request : held.rescans) {
        if (request.page == number) page.rescan = request;
      }
      view_.pages.push_back(std::move(page));
    }
  }

  void addFields() {
    const HeldDossier& held = view_.held;
    // Keyed-in values are left out, so that the page's own values are shown next to them.
    const FieldMap onPages = fieldsOnPages();
    std::set<std::string> names = {std::string(field::kNumber), std::string(field::kDate)};
    for (const auto& [name, value] : onPages) names.insert(name);
    for (const auto& [name, value] : held.keyed) names.insert(name);
    for (const auto& [name, value] : held.keyings) names.insert(name);
    for (const ItemError& problem : held.problems) {
      const bool ofField =
          problem.cause == Cause::fieldByHand || problem.cause == Cause::fieldContradiction;
      if (ofField) names.insert(problem.item);
    }
    for (const std::string& name : names) addField(name, onPages);
  }

  /// Fields under the names used for keying in; page numbers are those of the dossier.
  FieldMap fieldsOnPages() const {
    const std::vector<ItemPage> places = pagesOf(view_.held.item);
    std::vector<PageAttempt> attempts;
    for (std::size_t i = 0; i < places.size(); ++i) {
      attempts.push_back({places[i].file, places[i].index, readings_[i]});
    }
    FieldMap fields;
    const auto documents = dossierDocuments(view_.held.item, attempts, view_.registered, {});
    if (!documents) return fields;
    for (const DossierDocument& document : *documents) {
      for (const auto& [name, field] : document.judged.fields) {
        DocumentField& mine = fields[document.nameOf(name)] = field;
        const auto page = static_cast<std::size_t>(field.page);
        if (page >= 1 && page <= document.pages.size()) {
          mine.page = static_cast<int>(document.pages[page - 1]) + 1;
        }
      }
    }
    return fields;
  }

  void addField(const std::string& name, const FieldMap& onPages) {
    const HeldDossier& held = view_.held;
    ReviewField out;
    out.name = name;
    if (const auto found = onPages.find(name); found != onPages.end()) {
      const DocumentField& read = found->second;
      out.onPage = read.byHand || read.source != kFromPage ? std::string() : read.value;
      out.byHand = read.byHand;
      out.doubtful = read.suspect;
      out.confidence = read.confidence;
      out.page = read.page;
    }
    out.registered = registeredValue(name, view_.registered);
    if (const auto found = held.keyed.find(name); found != held.keyed.end()) {
      out.keyed = found->second.value;
      out.keyedBy = found->second.person;
    }
    if (const auto found = held.keyings.find(name); found != held.keyings.end()) {
      for (const Keying& one : found->second) out.waitingFor.push_back(one.person);
    }
    if (const fs::path picture = folder_ / "crops" / (name + ".png"); fs::exists(picture)) {
      out.picture = picture;
    }
    for (const ItemError& problem : held.problems) {
      if (problem.item != name) continue;
      out.problem = problem;
      placed_.insert(&problem);
    }
    const bool known = !out.onPage.empty() || !out.registered.empty() || !out.keyed.empty();
    if (known || out.byHand || out.problem || !out.waitingFor.empty())
      view_.fields.push_back(std::move(out));
  }

  fs::path folder_;
  ReviewView view_;
  std::vector<PageReading> readings_;
  std::set<const ItemError*> placed_;
};

}  // namespace

ReviewView viewOf(const Site& site, HeldDossier held) {
  return Viewer(site, std::move(held)).make();
}

}  // namespace sohoa
