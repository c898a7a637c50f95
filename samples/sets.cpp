#include "samples/sets.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "samples/drawing/conditions.h"

namespace sohoa::samples {
namespace {

using Kind = DocumentKind;

constexpr std::array<Kind, 8> kResults = {Kind::landAllocation,      Kind::landRecovery,
                                          Kind::impactAssessment,    Kind::landCertificate,
                                          Kind::environmentalPermit, Kind::groundwaterPermit,
                                          Kind::dischargePermit,     Kind::inspectionMinutes};

Dossier begin(const Date& received, int ordinal, int days, Format format) {
  Dossier dossier;
  dossier.code = dossierCode(received, ordinal);
  dossier.received = received;
  dossier.resolved = received.plus(days);
  dossier.format = format;
  return dossier;
}

std::vector<Dossier> golden(const SetOptions& options, const Typesetter& typesetter) {
  std::vector<Dossier> dossiers;
  int ordinal = 0;
  for (const std::string& condition : kConditions) {
    Random random = Random(options.seed).fork("golden " + condition);
    Dossier dossier =
        begin(drawDate(random, 2, 10), ++ordinal, random.integer(8, 25), Format::jpeg);
    auto wanted = static_cast<std::size_t>(options.pagesPerCondition);
    if (condition == "blank") {
      appendDocument(dossier, {random.pick(kResults), true, {"stamped"}, 1}, typesetter, random);
      while (wanted-- > 0) {
        appendBlankBack(dossier, random);
      }
    } else {
      while (wanted > 0) {
        DocumentPlan plan;
        plan.kind = random.pick(kResults);
        if (condition == "table") {
          plan.kind = random.chance(0.7) ? Kind::inspectionMinutes : Kind::dischargePermit;
          plan.onlyTables = true;
        } else if (!dossier.documents.empty() && random.chance(0.15)) {
          plan.kind = Kind::applicationForm;
        }
        plan.brief = condition == "stamped" || random.chance(0.5);
        plan.conditions = {condition};
        plan.maxPages = wanted;
        wanted -= appendDocument(dossier, plan, typesetter, random);
      }
    }
    dossiers.push_back(std::move(dossier));
  }
  return dossiers;
}

std::vector<Dossier> bench(const SetOptions& options, const Typesetter& typesetter) {
  std::vector<Dossier> dossiers;
  for (int i = 0; i < options.dossiers; ++i) {
    Random random = Random(options.seed).fork("bench " + std::to_string(i));
    Dossier dossier = begin(drawDate(random, 2, 10), i + 1, random.integer(8, 25), Format::jpeg);
    DocumentPlan plan;
    plan.kind = random.pick(kResults);
    plan.conditions = {"stamped"};
    plan.maxPages = 3;
    if (appendDocument(dossier, plan, typesetter, random) < 2) {
      plan.kind = Kind::applicationForm;
      plan.brief = true;
      plan.maxPages = 1;
      appendDocument(dossier, plan, typesetter, random);
    }
    for (Side& side : dossier.sides) {
      side.settings.skewDegrees = random.sign() * random.real(0.4, 3.0);
      side.effects = effectsOf(side.page, side.settings, true);
    }
    dossiers.push_back(std::move(dossier));
  }
  return dossiers;
}

std::vector<Dossier> mixed(const SetOptions& options, const Typesetter& typesetter) {
  static constexpr std::array<Format, 5> kFormats = {Format::jpeg, Format::tiff, Format::png,
                                                     Format::pdf, Format::pdfWithJunkText};
  std::vector<Dossier> dossiers;
  for (int i = 0; i < options.dossiers; ++i) {
    Random random = Random(options.seed).fork("mixed " + std::to_string(i));
    const Format format = random.chance(0.5) ? Format::jpeg : random.pick(kFormats);
    Dossier dossier = begin(drawDate(random, 1, 10), i + 1, random.integer(8, 25), format);
    dossier.numberInRegister = random.chance(0.9);
    const auto conditions = [&random] {
      std::vector<std::string> drawn;
      for (int page = 0; page < 5; ++page) {
        std::string condition = random.pick(kConditions);
        if (condition == "blank" || condition == "table" || condition == "hires") {
          condition = "stamped";
        }
        drawn.push_back(condition);
      }
      return drawn;
    };
    appendDocument(dossier, {random.pick(kResults), random.chance(0.4), conditions()}, typesetter,
                   random);
    if (random.chance(0.3)) {
      appendDocument(dossier, {Kind::applicationForm, true, conditions()}, typesetter, random);
    }
    if (random.chance(0.2)) {
      appendBlankBack(dossier, random);
    }
    dossiers.push_back(std::move(dossier));
  }
  return dossiers;
}

/// What applicants hand in, and how a clerk calls it.
struct HandedIn {
  Kind kind;
  const char* name;
};
constexpr std::array<HandedIn, 3> kComponents = {
    {{Kind::applicationForm, "Đơn đề nghị"},
     {Kind::landCertificate, "Giấy chứng nhận quyền sử dụng đất"},
     {Kind::environmentalPermit, "Giấy xác nhận môi trường"}}};

/// Dossiers of several documents each: a result, sometimes a second one, a processing document, and
/// what was handed in.
std::vector<Dossier> severalDocuments(const SetOptions& options, const Typesetter& typesetter) {
  static constexpr std::array<Kind, 4> kDecisions = {
      Kind::landAllocation, Kind::landRecovery, Kind::groundwaterPermit, Kind::dischargePermit};
  std::vector<Dossier> dossiers;
  for (int i = 0; i < options.dossiers; ++i) {
    Random random = Random(options.seed).fork("documents " + std::to_string(i));
    Dossier dossier = begin(drawDate(random, 2, 10), i + 1, random.integer(8, 25), Format::jpeg);
    // The three ways of scanning take turns, so that a small set has them all.
    dossier.arrangement = i % 3 == 1 ? Arrangement::names : Arrangement::folders;
    if (i % 3 == 2) dossier.format = Format::pdf;
    const auto add = [&](Kind kind, const std::string& label, const std::string& condition) {
      DocumentPlan plan{kind, true, {condition}, 2};
      if (appendDocument(dossier, plan, typesetter, random) > 0) dossier.labels.push_back(label);
    };
    add(random.pick(kDecisions), "KQ1", "stamped");
    // Of the second result the register knows nothing: its number must be printed.
    if (random.chance(0.4)) add(random.pick(kDecisions), "KQ2", "clean");
    if (random.chance(0.7)) add(Kind::inspectionMinutes, "XL1 Biên bản kiểm tra", "stamped");
    const int components = random.integer(1, 2);
    for (int k = 0; k < components; ++k) {
      const HandedIn& paper = k == 0 ? kComponents[0] : random.pick(kComponents);
      add(paper.kind, "TP" + std::to_string(k + 1) + " " + paper.name, "stamped");
    }
    dossiers.push_back(std::move(dossier));
  }
  return dossiers;
}

struct CommittedDossier {
  const char* received;
  int ordinal;
  int days;
  Format format;
  Fault fault;
  bool blankBack;
  std::vector<DocumentPlan> documents;
};

std::vector<Dossier> committed(const SetOptions& options, const Typesetter& typesetter) {
  const std::vector<CommittedDossier> plans = {
      {"2021-08-10",
       3,
       20,
       Format::jpeg,
       Fault::none,
       true,
       {{Kind::landAllocation, false, {"stamped", "skewed", "stamped"}, 3}}},
      {"2021-08-11",
       11,
       16,
       Format::pdfWithJunkText,
       Fault::none,
       false,
       {{Kind::dischargePermit, false, {"stamped", "showthrough", "stamped"}, 3}}},
      {"2021-08-12",
       2,
       21,
       Format::tiff,
       Fault::none,
       false,
       {{Kind::inspectionMinutes, false, {"table", "table", "table"}, 3}}},
      {"2021-08-13",
       9,
       19,
       Format::pdf,
       Fault::none,
       false,
       {{Kind::impactAssessment, true, {"yellowed", "yellowed"}, 2}}},
      {"2021-08-16",
       1,
       15,
       Format::png,
       Fault::none,
       false,
       {{Kind::landCertificate, true, {"low_res"}, 2},
        {Kind::applicationForm, true, {"low_res"}, 1}}},
      {"2021-08-17",
       14,
       17,
       Format::jpeg,
       Fault::none,
       false,
       {{Kind::environmentalPermit, false, {"clean", "upside_down"}, 2},
        {Kind::applicationForm, true, {"faint"}, 1}}},
      {"2021-08-18",
       5,
       14,
       Format::tiff,
       Fault::none,
       false,
       {{Kind::groundwaterPermit, false, {"stamped", "hires", "stamped"}, 3}}},
      {"2021-08-19",
       12,
       13,
       Format::jpeg,
       Fault::none,
       false,
       {{Kind::landRecovery, true, {"faint", "stamped"}, 2},
        {Kind::inspectionMinutes, true, {"table"}, 1}}},
      {"2021-08-20",
       1,
       13,
       Format::jpeg,
       Fault::missingPage,
       false,
       {{Kind::landAllocation, true, {"stamped"}, 2},
        {Kind::applicationForm, true, {"low_res"}, 1}}},
      {"2021-08-20",
       99,
       12,
       Format::jpeg,
       Fault::unknownCode,
       false,
       {{Kind::landRecovery, true, {"low_res"}, 1}}},
      {"2021-08-23",
       4,
       11,
       Format::jpeg,
       Fault::lowResolution,
       false,
       {{Kind::environmentalPermit, true, {"skewed"}, 2}}},
      {"2021-08-24",
       7,
       10,
       Format::jpeg,
       Fault::truncatedFile,
       false,
       {{Kind::dischargePermit, true, {"stamped"}, 1}}},
  };
  std::vector<Dossier> dossiers;
  for (const CommittedDossier& plan : plans) {
    Dossier dossier = begin(Date::parse(plan.received), plan.ordinal, plan.days, plan.format);
    dossier.fault = plan.fault;
    Random random = Random(options.seed).fork("committed " + dossier.code);
    for (const DocumentPlan& document : plan.documents) {
      appendDocument(dossier, document, typesetter, random);
    }
    if (plan.blankBack) {
      appendBlankBack(dossier, random);
    }
    for (std::size_t i = 0; i < dossier.sides.size(); ++i) {
      Side& side = dossier.sides[i];
      // The set lives in the source tree: it is kept small, as a frugal scanner would.
      side.settings.noise *= 0.35;
      side.settings.paperTexture *= 0.3;
      side.settings.jpegQuality = std::clamp(side.settings.jpegQuality - 22, 40, 47);
      side.group4 = plan.format == Format::tiff && i > 0;
      if (plan.format == Format::png) {
        side.settings.clipBackground = true;
        side.settings.edgeShadow = 0;
        side.settings.sensorLine = false;
        side.settings.specks /= 4;
      }
      side.effects = effectsOf(side.page, side.settings, true);
    }
    applyFault(dossier);
    dossiers.push_back(std::move(dossier));
  }
  return dossiers;
}

}  // namespace

std::vector<Dossier> makeSet(const SetOptions& options, const Typesetter& typesetter) {
  if (options.set == "golden") {
    return golden(options, typesetter);
  }
  if (options.set == "bench") {
    return bench(options, typesetter);
  }
  if (options.set == "committed") {
    return committed(options, typesetter);
  }
  if (options.set == "mixed") {
    return mixed(options, typesetter);
  }
  if (options.set == "documents") {
    return severalDocuments(options, typesetter);
  }
  throw std::invalid_argument("unknown set: " + options.set);
}

std::string batchOf(const SetOptions& options) {
  if (!options.batch.empty()) {
    return options.batch;
  }
  return options.set == "committed" ? "2021-09-10-tang2" : options.set;
}

}  // namespace sohoa::samples
