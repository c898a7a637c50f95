#include <array>
#include <utility>

#include "samples/texts/texts.h"

namespace sohoa::samples {
namespace {

constexpr std::array<const char*, 5> kLandBases = {
    "Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;",
    "Căn cứ Nghị định số 43/2014/NĐ-CP ngày 15 tháng 5 năm 2014 của Chính phủ quy định chi tiết "
    "thi hành một số điều của Luật Đất đai;",
    "Căn cứ Nghị định số 148/2020/NĐ-CP ngày 18 tháng 12 năm 2020 của Chính phủ sửa đổi, bổ sung "
    "một số nghị định quy định chi tiết thi hành Luật Đất đai;",
    "Căn cứ Thông tư số 30/2014/TT-BTNMT ngày 02 tháng 6 năm 2014 của Bộ trưởng Bộ Tài nguyên và "
    "Môi trường quy định về hồ sơ giao đất, cho thuê đất, chuyển mục đích sử dụng đất, thu hồi "
    "đất;",
    "Căn cứ Nghị quyết số 42/NQ-HĐND của Hội đồng nhân dân tỉnh về danh mục các công trình, dự án "
    "phải thu hồi đất trên địa bàn tỉnh;"};
constexpr std::array<const char*, 5> kEnvironmentBases = {
    "Căn cứ Luật Bảo vệ môi trường ngày 23 tháng 6 năm 2014;",
    "Căn cứ Nghị định số 18/2015/NĐ-CP ngày 14 tháng 02 năm 2015 của Chính phủ quy định về quy "
    "hoạch bảo vệ môi trường, đánh giá môi trường chiến lược, đánh giá tác động môi trường và kế "
    "hoạch bảo vệ môi trường;",
    "Căn cứ Nghị định số 40/2019/NĐ-CP ngày 13 tháng 5 năm 2019 của Chính phủ sửa đổi, bổ sung "
    "một số điều của các nghị định quy định chi tiết, hướng dẫn thi hành Luật Bảo vệ môi trường;",
    "Căn cứ Thông tư số 25/2019/TT-BTNMT ngày 31 tháng 12 năm 2019 của Bộ trưởng Bộ Tài nguyên và "
    "Môi trường;",
    "Căn cứ kết quả kiểm tra thực tế và hồ sơ đã được chỉnh sửa, bổ sung theo ý kiến của Đoàn "
    "kiểm tra;"};
constexpr std::array<const char*, 5> kWaterBases = {
    "Căn cứ Luật Tài nguyên nước ngày 21 tháng 6 năm 2012;",
    "Căn cứ Nghị định số 201/2013/NĐ-CP ngày 27 tháng 11 năm 2013 của Chính phủ quy định chi tiết "
    "thi hành một số điều của Luật Tài nguyên nước;",
    "Căn cứ Nghị định số 82/2017/NĐ-CP ngày 17 tháng 7 năm 2017 của Chính phủ quy định về phương "
    "pháp tính, mức thu tiền cấp quyền khai thác tài nguyên nước;",
    "Căn cứ Thông tư số 27/2014/TT-BTNMT ngày 30 tháng 5 năm 2014 của Bộ trưởng Bộ Tài nguyên và "
    "Môi trường quy định việc đăng ký khai thác nước dưới đất, mẫu hồ sơ cấp, gia hạn, điều "
    "chỉnh, cấp lại giấy phép tài nguyên nước;",
    "Căn cứ Quyết định số 10/2018/QĐ-UBND ngày 23 tháng 4 năm 2018 của Ủy ban nhân dân tỉnh ban "
    "hành Quy định về quản lý tài nguyên nước trên địa bàn tỉnh;"};

}  // namespace

const char* nameOf(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::landAllocation:
      return "land_allocation_decision";
    case DocumentKind::landRecovery:
      return "land_recovery_decision";
    case DocumentKind::impactAssessment:
      return "impact_assessment_decision";
    case DocumentKind::landCertificate:
      return "land_certificate";
    case DocumentKind::environmentalPermit:
      return "environmental_permit";
    case DocumentKind::groundwaterPermit:
      return "groundwater_permit";
    case DocumentKind::dischargePermit:
      return "discharge_permit";
    case DocumentKind::applicationForm:
      return "application_form";
    case DocumentKind::inspectionMinutes:
      return "inspection_minutes";
  }
  return "";
}

Block paragraph(std::string markup) {
  Block block;
  block.text = std::move(markup);
  return block;
}

Block item(std::string markup) { return paragraph("- " + std::move(markup)); }

Block centred(std::string markup) {
  Block block;
  block.kind = BlockKind::centred;
  block.text = std::move(markup);
  return block;
}

Block formLine(std::string label, std::string filled) {
  Block block;
  block.kind = BlockKind::formLine;
  block.text = std::move(label);
  block.filled = std::move(filled);
  return block;
}

Block basis(const std::string& text) { return paragraph("<i>" + text + "</i>"); }

Block article(int number, const std::string& text) {
  return paragraph("<b>Điều " + std::to_string(number) + ".</b> " + text);
}

void addBases(DocumentText& text, Random& random, const std::string& field, int count) {
  text.blocks.push_back(basis(
      random.chance(0.5)
          ? "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ "
            "sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương "
            "ngày 22 tháng 11 năm 2019;"
          : "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"));
  const auto& pool =
      field == "land" ? kLandBases : (field == "water" ? kWaterBases : kEnvironmentBases);
  for (std::size_t i = 0; i < pool.size() && static_cast<int>(i) < count; ++i) {
    text.blocks.push_back(basis(pool[i]));
  }
}

void issuedByDepartment(DocumentText& text, Random& random, const std::string& typeCode) {
  Fields& fields = text.fields;
  fields.parentAgency = "UBND TỈNH QUẢNG BÌNH";
  fields.agency = "SỞ TÀI NGUYÊN\nVÀ MÔI TRƯỜNG";
  fields.number = std::to_string(random.integer(12, 2860));
  fields.symbol = typeCode + "-STNMT";
  fields.place = "Quảng Bình";
  fields.signer = drawPerson(random).name;
  switch (random.integer(0, 3)) {
    case 0:
      fields.signerTitle = "GIÁM ĐỐC";
      break;
    case 1:
      if (text.kind == DocumentKind::environmentalPermit ||
          text.kind == DocumentKind::impactAssessment) {
        fields.authorityPrefix = "TUQ. GIÁM ĐỐC";
        fields.signerTitle = "CHI CỤC TRƯỞNG\nCHI CỤC BẢO VỆ MÔI TRƯỜNG";
      } else {
        fields.signerTitle = "GIÁM ĐỐC";
      }
      break;
    default:
      fields.authorityPrefix = "KT. GIÁM ĐỐC";
      fields.signerTitle = "PHÓ GIÁM ĐỐC";
  }
  text.issuerLine = "GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG";
  text.sealOwner = "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG";
}

void issuedByProvince(DocumentText& text, Random& random, const std::string& typeCode) {
  Fields& fields = text.fields;
  fields.agency = "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG BÌNH";
  fields.number = std::to_string(random.integer(35, 4480));
  fields.symbol = typeCode + "-UBND";
  fields.place = "Quảng Bình";
  fields.signer = drawPerson(random).name;
  if (random.chance(0.3)) {
    fields.authorityPrefix = "TM. ỦY BAN NHÂN DÂN";
    fields.signerTitle = "CHỦ TỊCH";
  } else {
    fields.authorityPrefix = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH";
    fields.signerTitle = "PHÓ CHỦ TỊCH";
  }
  text.issuerLine = "ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH";
  text.sealOwner = "ỦY BAN NHÂN DÂN";
}

std::string parcel(Random& random) {
  return "thửa đất số " + std::to_string(random.integer(3, 1180)) + ", tờ bản đồ " +
         (random.chance(0.5) ? "địa chính " : "") + "số " + std::to_string(random.integer(1, 96));
}

std::string coordinates(Random& random) {
  return "X = " + vietnameseNumber(random.real(1905000, 1992000), 1) +
         " m; Y = " + vietnameseNumber(random.real(520000, 585000), 1) + " m";
}

DocumentText writeDocument(DocumentKind kind, Random& random, const Date& date, bool brief) {
  DocumentText text;
  text.kind = kind;
  text.fields.date = date;
  switch (kind) {
    case DocumentKind::landAllocation:
      writeLandAllocation(text, random, brief);
      break;
    case DocumentKind::landRecovery:
      writeLandRecovery(text, random, brief);
      break;
    case DocumentKind::impactAssessment:
      writeImpactAssessment(text, random, brief);
      break;
    case DocumentKind::landCertificate:
      writeLandCertificate(text, random);
      break;
    case DocumentKind::environmentalPermit:
      writeEnvironmentalPermit(text, random, brief);
      break;
    case DocumentKind::groundwaterPermit:
      writeGroundwaterPermit(text, random, brief);
      break;
    case DocumentKind::dischargePermit:
      writeDischargePermit(text, random, brief);
      break;
    case DocumentKind::applicationForm:
      writeApplicationForm(text, random, brief);
      break;
    case DocumentKind::inspectionMinutes:
      writeInspectionMinutes(text, random, brief);
      break;
  }
  if (text.signers.empty() && !text.fields.signer.empty()) {
    const Fields& fields = text.fields;
    const std::string prefix = fields.authorityPrefix.empty() ? "" : fields.authorityPrefix + "\n";
    text.signers.push_back({prefix + fields.signerTitle, fields.signer});
  }
  return text;
}

}  // namespace sohoa::samples
