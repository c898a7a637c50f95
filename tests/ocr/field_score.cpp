#include "tests/ocr/field_score.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/durable.h"
#include "ocr/fields/fields.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::array kSix = {"agency", "number", "date", "type", "abstract", "signer"};

std::string oneLine(std::string text) {
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

std::string valueOf(const DocumentFields& document, std::string_view name) {
  const DocumentField* field = document.find(name);
  return field ? field->value : std::string();
}

/// Lines of a truth page in one of the zones, joined.
std::string zone(const Json& page, std::string_view name) {
  std::string text;
  for (const Json& line : page.at("lines")) {
    if (line.at("zone") == name) text += line.at("text").get<std::string>() + "\n";
  }
  return text;
}

/// What the truth says of one of the six, and what was read, as comparable texts.
struct Comparison {
  std::string wanted, got;
  bool printed = true;
};

Comparison compare(std::string_view name, const Json& truth, const std::vector<const Json*>& pages,
                   const DocumentFields& read) {
  const auto want = [&](const char* key) { return oneLine(truth.at(key).get<std::string>()); };
  const auto get = [&](std::string_view key) { return valueOf(read, key); };
  if (name == "agency") {
    return {want("parent_agency") + "|" + want("agency"),
            get(field::kSuperiorAgency) + "|" + get(field::kAgency), !want("agency").empty()};
  }
  if (name == "number") {
    const std::string number = want("number_symbol");
    return {
        number, get(field::kNumber),
        !number.empty() && zone(*pages.front(), "header_left").find(number) != std::string::npos};
  }
  if (name == "date") {
    bool complete = false;
    for (const Json* page : pages) {
      for (const Json& line : page->at("lines")) {
        const std::string text = line.at("text").get<std::string>();
        const auto day = text.find(", ngày ");
        if (!text.starts_with(want("place") + ", ngày") || day == std::string::npos) continue;
        const auto digitAfter = [&](const char* word) {
          const auto at = text.find(word);
          return at != std::string::npos &&
                 std::isdigit(static_cast<unsigned char>(text[at + std::string_view(word).size()]));
        };
        complete = complete || (digitAfter("ngày ") && digitAfter("tháng "));
      }
    }
    return {want("place") + "|" + want("date"), get(field::kPlace) + "|" + get(field::kDate),
            complete};
  }
  if (name == "type") return {want("type_name"), get(field::kType), !want("type_name").empty()};
  if (name == "abstract")
    return {want("abstract"), get(field::kAbstract), !want("abstract").empty()};
  bool complete = false;
  for (const Json* page : pages) {
    complete = complete || zone(*page, "signer").find(want("signer")) != std::string::npos;
  }
  return {want("authority_prefix") + "|" + want("signer_title") + "|" + want("signer"),
          get(field::kAuthority) + "|" + get(field::kSignerTitle) + "|" + get(field::kSigner),
          complete};
}

bool hasHandwriting(const Json& page, std::string_view text) {
  for (const Json& mark : page.at("ignore")) {
    if (mark.at("kind") == "handwriting" && mark.at("text") == text) return true;
  }
  return false;
}

void add(FieldCard& card, const std::string& condition, const std::string& name,
         const FieldScore& score) {
  card[condition][name] += score;
  card["all"][name] += score;
}

void scoreHand(FieldCard& card, const std::string& condition, const Json& truth, const Json& page,
               const DocumentFields& read, const std::string& who,
               const std::function<void(const std::string&)>& tell) {
  const std::string number = truth.at("number").get<std::string>();
  const std::string day = truth.at("date").get<std::string>().substr(8);
  const auto one = [&](std::string_view name, bool byHand, bool isThere) {
    if (!isThere) return;
    const DocumentField* field = read.find(name);
    const bool said = field && field->byHand;
    FieldScore score;
    (byHand ? score.byHand : score.notByHand) = 1;
    if (said) (byHand ? score.foundByHand : score.mistaken) = 1;
    add(card, condition, std::string(name), score);
    if (said != byHand) {
      tell(fmt::format("{} {}: {} '{}'", who, name,
                       byHand ? "by hand, not seen" : "printed, called handwritten",
                       field ? field->text : std::string("(none)")));
    }
  };
  if (number.empty()) return;
  one(field::kNumber, hasHandwriting(page, number), true);
  one(field::kDate, hasHandwriting(page, day), true);
}

}  // namespace

FieldScore& FieldScore::operator+=(const FieldScore& other) {
  printed += other.printed;
  exact += other.exact;
  byHand += other.byHand;
  foundByHand += other.foundByHand;
  notByHand += other.notByHand;
  mistaken += other.mistaken;
  return *this;
}

FieldCard scoreFields(
    const fs::path& folder,
    const std::function<Result<PageReading>(const fs::path&, int, const std::string&)>& read,
    const std::function<void(const std::string&)>& tell) {
  FieldCard card;
  std::vector<fs::path> truths;
  for (const auto& entry : fs::directory_iterator(folder / "truth")) truths.push_back(entry.path());
  std::sort(truths.begin(), truths.end());
  for (const fs::path& path : truths) {
    const Json truth = Json::parse(readFile(path));
    const std::string code = truth.at("dossier").get<std::string>();
    fs::path scans;
    for (const auto& batch : fs::directory_iterator(folder / "intake")) {
      if (fs::exists(batch.path() / code)) scans = batch.path() / code;
    }
    std::vector<PageReading> readings;
    std::vector<const Json*> pages;
    bool whole = !scans.empty();
    for (const Json& page : truth.at("pages")) {
      auto reading =
          read(scans / page.at("file").get<std::string>(), page.at("page_in_file").get<int>() - 1,
               fmt::format("{}-{}", code, readings.size() + 1));
      whole = whole && static_cast<bool>(reading);
      readings.push_back(reading ? *reading : PageReading{});
      pages.push_back(&page);
    }
    if (!whole) {
      tell(code + ": not all pages can be read");
      continue;
    }
    const auto documents = readFields(readings);
    for (std::size_t d = 0; d < truth.at("documents").size(); ++d) {
      const Json& fields = truth.at("documents")[d].at("fields");
      std::vector<const Json*> own;
      int first = 0;
      std::set<std::string> conditions;
      for (std::size_t p = 0; p < pages.size(); ++p) {
        if (pages[p]->at("document") != static_cast<int>(d) || pages[p]->at("lines").empty())
          continue;
        if (own.empty()) first = static_cast<int>(p) + 1;
        own.push_back(pages[p]);
        conditions.insert(pages[p]->at("condition").get<std::string>());
      }
      if (own.empty()) continue;
      const std::string condition = own.front()->at("condition").get<std::string>();
      const auto found =
          std::find_if(documents.begin(), documents.end(),
                       [&](const DocumentFields& f) { return f.firstPage == first; });
      const DocumentFields none;
      const DocumentFields& got = found == documents.end() ? none : *found;
      const std::string who = fmt::format("{} {} document {}", code, condition, d + 1);
      for (const char* name : kSix) {
        const Comparison c = compare(name, fields, own, got);
        if (!c.printed) continue;
        // The signer stands on the last page, which may be in another condition.
        const std::string under = std::string_view(name) == "signer"
                                      ? own.back()->at("condition").get<std::string>()
                                      : condition;
        add(card, under, name, {1, c.wanted == c.got ? 1 : 0});
        if (c.wanted != c.got)
          tell(fmt::format("{} {}: '{}' read '{}'", who, name, c.wanted, c.got));
      }
      scoreHand(card, condition, fields, *own.front(), got, who, tell);
    }
  }
  return card;
}

std::string printed(const FieldCard& card) {
  std::string out = fmt::format("{:<13}", "condition");
  for (const char* name : kSix) out += fmt::format("{:>15}", name);
  out += fmt::format("{:>17}{:>14}{:>14}\n", "all six", "by hand", "not by hand");
  for (const auto& [condition, fields] : card) {
    out += fmt::format("{:<13}", condition);
    FieldScore all;
    for (const char* name : kSix) {
      const auto found = fields.find(name);
      const FieldScore score = found == fields.end() ? FieldScore{} : found->second;
      all += score;
      const double percent = score.printed ? 100.0 * score.exact / score.printed : 0;
      out += fmt::format("{:>5}/{:<3}{:>5.1f}%", score.exact, score.printed, percent);
    }
    out += fmt::format("{:>6}/{:<4}{:>5.1f}%", all.exact, all.printed,
                       all.printed ? 100.0 * all.exact / all.printed : 0);
    out += fmt::format("{:>8}/{:<4} {:>6}/{:<4}\n", all.foundByHand, all.byHand, all.mistaken,
                       all.notByHand);
  }
  return out;
}

std::string fieldBaselineText(const FieldCard& card) {
  std::string out = "# condition field printed exact by-hand found not-by-hand mistaken\n";
  for (const auto& [condition, fields] : card) {
    for (const auto& [name, s] : fields) {
      out += fmt::format("{} {} {} {} {} {} {} {}\n", condition, name, s.printed, s.exact, s.byHand,
                         s.foundByHand, s.notByHand, s.mistaken);
    }
  }
  return out;
}

std::vector<std::string> fieldRegressions(const FieldCard& card, const std::string& baseline) {
  std::vector<std::string> worse;
  std::istringstream in(baseline);
  FieldScore before, now;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream columns(line);
    std::string condition, name;
    FieldScore was;
    columns >> condition >> name >> was.printed >> was.exact >> was.byHand >> was.foundByHand >>
        was.notByHand >> was.mistaken;
    const auto row = card.find(condition);
    const bool scored = columns && row != card.end() && row->second.contains(name);
    if (!scored) {
      worse.push_back(condition + " " + name + ": not scored");
      continue;
    }
    const FieldScore& is = row->second.at(name);
    if (condition == "all") {
      before += was;
      now += is;
    }
    // Another processor's arithmetic may turn one field of a handful.
    const int lost = is.printed - is.exact, lostBefore = was.printed - was.exact;
    if (lost > lostBefore + 1 + lostBefore / 3)
      worse.push_back(
          fmt::format("{} {}: {} not exact, {} before", condition, name, lost, lostBefore));
    const int unseen = is.byHand - is.foundByHand, unseenBefore = was.byHand - was.foundByHand;
    if (unseen > unseenBefore + 1)
      worse.push_back(fmt::format("{} {}: {} by hand not seen, {} before", condition, name, unseen,
                                  unseenBefore));
    if (is.mistaken > was.mistaken + 1)
      worse.push_back(fmt::format("{} {}: {} printed called handwritten, {} before", condition,
                                  name, is.mistaken, was.mistaken));
  }
  if (now.printed - now.exact > before.printed - before.exact + 2)
    worse.push_back(fmt::format("all fields: {} not exact, {} before", now.printed - now.exact,
                                before.printed - before.exact));
  return worse;
}

std::string fieldBars(const FieldCard& card) {
  std::string out;
  const auto total = [&](const std::string& condition) {
    FieldScore sum;
    const auto row = card.find(condition);
    if (row != card.end())
      for (const auto& [name, score] : row->second) sum += score;
    return sum;
  };
  const auto bar = [&](const std::string& what, int part, int whole, double limit, bool atLeast) {
    const double value = whole > 0 ? 100.0 * part / whole : 0;
    const char* verdict = whole == 0                                    ? "not measured"
                          : (atLeast ? value >= limit : value <= limit) ? "met"
                                                                        : "MISSED";
    out += fmt::format("{:<44}{:>6}/{:<6}{:>7.2f} %  {} {:.1f} %  {}\n", what, part, whole, value,
                       atLeast ? ">=" : "<=", limit, verdict);
  };
  const FieldScore clean = total("clean"), stamped = total("stamped"), all = total("all");
  bar("fields exact where printed, clean", clean.exact, clean.printed, 97, true);
  bar("fields exact where printed, stamped", stamped.exact, stamped.printed, 93, true);
  bar("number or day by hand recognised as such", all.foundByHand, all.byHand, 95, true);
  bar("printed ones called handwritten", all.mistaken, all.notByHand, 2, false);
  return out;
}

}  // namespace sohoa::test
