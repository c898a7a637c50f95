#include "samples/texts/texts.h"

namespace sohoa::samples {
namespace {

struct Form {
  const char* title;
  const char* abstract;
  const char* addressee;
};

constexpr Form kForms[] = {
    {"ĐƠN ĐỀ NGHỊ", "Cấp giấy phép khai thác nước dưới đất",
     "Sở Tài nguyên và Môi trường tỉnh Quảng Bình"},
    {"ĐƠN ĐĂNG KÝ", "Biến động đất đai, tài sản gắn liền với đất",
     "Văn phòng Đăng ký đất đai tỉnh Quảng Bình"},
    {"ĐƠN XIN GIAO ĐẤT, CHO THUÊ ĐẤT", "", "Ủy ban nhân dân tỉnh Quảng Bình"},
    {"ĐƠN ĐỀ NGHỊ", "Kiểm tra, xác nhận hoàn thành công trình bảo vệ môi trường",
     "Sở Tài nguyên và Môi trường tỉnh Quảng Bình"},
    {"ĐƠN ĐỀ NGHỊ", "Cấp lại, cấp đổi Giấy chứng nhận quyền sử dụng đất",
     "Văn phòng Đăng ký đất đai tỉnh Quảng Bình"}};

constexpr const char* kReasons[] = {
    "Nhận chuyển nhượng toàn bộ thửa đất", "Giấy chứng nhận cũ bị ố, rách",
    "Mở rộng quy mô sản xuất, kinh doanh", "Nhận tặng cho quyền sử dụng đất",
    "Đo đạc lại, diện tích có thay đổi"};

}  // namespace

void writeApplicationForm(DocumentText& text, Random& random, bool brief) {
  text.agencyHeader = false;
  Fields& fields = text.fields;
  const Form& form = random.pick(kForms);
  fields.typeName = form.title;
  fields.abstract = form.abstract;
  const Place place = drawPlace(random);
  const Person person = drawPerson(random);
  fields.place = place.district.substr(
      place.district.find_last_of(' ', place.district.find_last_of(' ') - 1) + 1);
  fields.signer = person.name;
  fields.signerTitle = random.chance(0.5) ? "NGƯỜI LÀM ĐƠN" : "NGƯỜI VIẾT ĐƠN";
  text.applicant = person.name;
  text.filledByHand = random.chance(0.5);
  text.blocks.push_back(centred("<i>Kính gửi:</i> <b>" + std::string(form.addressee) + "</b>"));
  text.blocks.push_back(paragraph("<b>I. Phần kê khai của người nộp đơn</b>"));
  text.blocks.push_back(formLine("1. Họ và tên:", person.name));
  text.blocks.push_back(formLine(
      "2. Ngày, tháng, năm sinh:",
      Date{random.integer(1955, 1994), random.integer(1, 12), random.integer(1, 28)}.slash()));
  text.blocks.push_back(
      formLine("3. Số CMND/CCCD:", std::to_string(random.integer(190000000, 199999999))));
  text.blocks.push_back(formLine("4. Địa chỉ thường trú:", place.village + ", " + place.commune));
  text.blocks.push_back(formLine("5. Điện thoại liên hệ:",
                                 "09" + std::to_string(random.integer(10000000, 88999999))));
  text.blocks.push_back(
      formLine("6. Địa điểm khu đất (công trình):", place.commune + ", " + place.district));
  text.blocks.push_back(formLine(
      "7. Thửa đất số, tờ bản đồ số:",
      std::to_string(random.integer(2, 870)) + ", tờ " + std::to_string(random.integer(1, 90))));
  text.blocks.push_back(formLine("8. Diện tích (m²):", vietnameseNumber(random.real(90, 4800), 1)));
  text.blocks.push_back(formLine("9. Lý do đề nghị:", random.pick(kReasons)));
  text.blocks.push_back(paragraph("<b>II. Giấy tờ nộp kèm theo đơn này gồm có:</b>"));
  text.blocks.push_back(item("Bản gốc Giấy chứng nhận quyền sử dụng đất đã cấp (01 bản);"));
  text.blocks.push_back(
      item("Bản sao Giấy chứng nhận đăng ký doanh nghiệp hoặc giấy tờ tùy thân (01 bản);"));
  if (!brief) {
    text.blocks.push_back(item("Sơ đồ khu vực và vị trí công trình, tỷ lệ 1/2.000 (02 bản);"));
    text.blocks.push_back(
        item("Kết quả phân tích chất lượng nước không quá 06 tháng tính đến thời điểm nộp hồ sơ;"));
    text.blocks.push_back(item("Chứng từ thực hiện nghĩa vụ tài chính (nếu có)."));
  }
  text.blocks.push_back(paragraph(
      "Tôi xin cam đoan nội dung kê khai trên đơn là đúng sự thật; nếu sai, tôi hoàn toàn chịu "
      "trách nhiệm trước "
      "pháp luật. Kính đề nghị cơ quan có thẩm quyền xem xét, giải quyết theo quy định."));
}

void writeInspectionMinutes(DocumentText& text, Random& random, bool brief) {
  issuedByDepartment(text, random, "BB");
  Fields& fields = text.fields;
  fields.typeName = "BIÊN BẢN";
  fields.authorityPrefix.clear();
  fields.signerTitle = "TRƯỞNG ĐOÀN KIỂM TRA";
  const Place place = drawPlace(random);
  const std::string company = drawCompany(random);
  text.applicant = company;
  fields.abstract =
      "Kiểm tra thực địa khu đất của " + company + " tại " + place.commune + ", " + place.district;
  text.issuerLine.clear();
  text.blocks.push_back(paragraph("Hôm nay, vào lúc " + twoDigits(random.integer(7, 15)) + " giờ " +
                                  (random.chance(0.5) ? "30" : "00") + " phút ngày " +
                                  fields.date.slash() + ", tại " + place.village + ", " +
                                  place.commune + ", " + place.district +
                                  ", Đoàn kiểm tra của Sở Tài nguyên và Môi trường tiến hành kiểm "
                                  "tra thực địa, thành phần gồm có:"));
  text.blocks.push_back(paragraph("<b>I. Thành phần tham dự</b>"));
  Block people;
  people.kind = BlockKind::table;
  people.table.ruled = false;
  people.table.headed = false;
  people.table.widths = {0.42, 0.58};
  static constexpr const char* kPosts[] = {
      "Phó Giám đốc Sở, Trưởng đoàn",   "Chuyên viên Phòng Quản lý đất đai",
      "Công chức địa chính - xây dựng", "Phó Chủ tịch UBND xã",
      "Đại diện người sử dụng đất",     "Trưởng thôn"};
  const std::size_t attendees = brief ? 4 : 6;
  for (std::size_t i = 0; i < attendees; ++i) {
    const Person person = drawPerson(random);
    const std::string name = i == 0 ? fields.signer : person.name;
    people.table.rows.push_back(
        {std::to_string(i + 1) + ". " +
             (i > 0 ? person.Honorific()
                    : (name.find(" Thị ") == std::string::npos ? "Ông" : "Bà")) +
             " " + name,
         kPosts[i]});
  }
  text.blocks.push_back(people);
  text.blocks.push_back(paragraph("<b>II. Nội dung kiểm tra</b>"));
  text.blocks.push_back(
      paragraph("Kết quả kiểm tra hiện trạng sử dụng đất, đối chiếu với bản đồ địa chính và hồ sơ "
                "do đơn vị cung cấp "
                "như sau:"));
  Block grid;
  grid.kind = BlockKind::table;
  grid.table.widths = {0.08, 0.13, 0.13, 0.2, 0.18, 0.28};
  grid.table.rows = {{"TT", "Tờ bản đồ", "Thửa đất", "Loại đất", "Diện tích (m²)", "Hiện trạng"}};
  static constexpr const char* kLandTypes[] = {"ONT", "CLN", "BHK", "SKC",
                                               "TMD", "RSX", "NTS", "LUC"};
  static constexpr const char* kStates[] = {"Đang sử dụng",   "Bỏ hoang",   "Có 01 nhà tạm",
                                            "Trồng keo tràm", "Đã san lấp", "Ao nuôi tôm",
                                            "Đất trống"};
  double sum = 0;
  const int rows = brief ? random.integer(4, 6) : random.integer(8, 16);
  for (int i = 1; i <= rows; ++i) {
    const double area = random.integer(800, 48000) / 10.0;
    sum += area;
    grid.table.rows.push_back({std::to_string(i), std::to_string(random.integer(1, 64)),
                               std::to_string(random.integer(2, 940)), random.pick(kLandTypes),
                               vietnameseNumber(area, 1), random.pick(kStates)});
  }
  grid.table.rows.push_back(
      {"", "", "", "<b>Tổng cộng</b>", "<b>" + vietnameseNumber(sum, 1) + "</b>", ""});
  text.blocks.push_back(grid);
  text.blocks.push_back(paragraph("<b>III. Kết luận và kiến nghị</b>"));
  text.blocks.push_back(paragraph(
      "1. Ranh giới, mốc giới khu đất trên thực địa phù hợp với Mảnh trích đo địa chính số " +
      std::to_string(random.integer(4, 160)) +
      "-2021; không có tranh chấp, khiếu nại tại thời điểm kiểm tra."));
  if (!brief) {
    text.blocks.push_back(paragraph(
        "2. Đề nghị đơn vị tháo dỡ các công trình tạm nằm ngoài ranh giới được giao trước ngày " +
        fields.date.plus(45).slash() +
        "; hoàn thiện hệ thống thu gom nước mưa, nước thải và báo cáo kết quả thực "
        "hiện về Sở Tài nguyên và Môi trường."));
    text.blocks.push_back(paragraph("3. Ủy ban nhân dân " + place.commune +
                                    " theo dõi, đôn đốc việc khắc phục các tồn tại nêu trên."));
  }
  text.blocks.push_back(
      paragraph("Biên bản được lập thành 04 bản có giá trị pháp lý như nhau, đã đọc lại cho các "
                "thành viên cùng nghe và thống "
                "nhất ký tên./."));
  text.signers = {{"ĐẠI DIỆN ĐƠN VỊ", drawPerson(random).name},
                  {"TRƯỞNG ĐOÀN KIỂM TRA", fields.signer}};
}

}  // namespace sohoa::samples
