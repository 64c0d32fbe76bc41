"""What a folded question asks for by its noun in, what a sentence that answers it says out.

Example: 要交哪些材料 → a sentence on 材料, 证明 or 申请表; 怎么界定 → 是指, 所称, 包括.
"""

from __future__ import annotations

import re

from assistant.understand.which_asked import HOW_OFTEN

_MEANING = re.compile(
    r"(?:什么样|怎样|怎么)的?(?!算[？?。]*$)[^，。]{0,8}?(?:才?算|才?叫|称得上)|是?什么意思|指的?是?(?:什么|啥)|指什么|什么叫|含义|定义|怎么(?:个)?(?:界定|认定为)|如何界定|怎样界定|界定标准|(?:具体|到底|究竟)指"
)
_DEFINED = re.compile(r"简称|是指|指的是|所称|即|意思|统称|[（(][^（）()]{2,}[）)]|包括|分别(?:是|为)")
_RECKONED = re.compile(r"(?:怎么|如何|咋|怎样)算[？?。]*$")
_RECKONS = re.compile(
    r"按[日月年天季比]|按[^，。；\n]{1,16}(?:[计折收付发]|核定|分担)|加收|计[收算入发付]|视[为同作]|不予?计|分之|\d%|减[半免收]"
    r"|取消"
)
CALLED = re.compile(r"(?:分别|各自?)?叫做?(?:什么|啥)(?:名字|名称)?|什么名字|姓什么|姓甚名谁")
NAMED = re.compile(r"[“《「][^”》」]+[”》」]|名为|称为|叫做|命名")
_ORIGIN = re.compile(r"(?:怎么|如何|怎样|咋)(?:形成|产生|来)的|成因")
_CAUSED = re.compile(r"由于|因为|因此|所致|导致|造成|引起|源于|由[^，。；]{2,16}(?:形成|组成|而成|构成)|作用下")
_LEVEL = re.compile(r"几级(?![^，。？?]{0,2}(?:政府|部门|机关|单位|领导|干部|人民))")
_LEVELS = re.compile(r"(?:[一二三四五六七八九十两\d]+|[特甲乙丙丁]|(?<![A-Za-z])[A-Za-z]{1,5})级")
_DAY = re.compile(r"哪一?[天日]|(?<!提前)几[号日](?!线|以?[内前后])")
_DAYS = re.compile(r"\d+[日号]|(?:星期|周|礼拜)[一二三四五六日天](?![次回遍个])|月[一二三四五六七八九十]+[日号]")
_MONTH = re.compile(r"哪个?月|几月")
_SEVERAL_FILES = re.compile(r"哪几[个份部项](?:文件|规划|办法|条例|法规|意见)")
_WHICH_FILE = re.compile(r"哪(?:一?[个份部项]|些|几[个份部项])?(?:文件|规划|办法|条例|法规|意见)")
_WHICH_BODY = re.compile(
    r"(?:哪(?:一?[个家]|些|几[个家])?|什么|啥)(?:委办局|部门|单位|机构|局|委|科室|中心)(?![\u3400-\u9fff]*(?:任务|项目|指标))"
)
_BODY = re.compile(r"[\u3400-\u9fff](?:局|委|办|厅|部|院|会|组|中心|公司|机构|政府|银行|部门|单位)")
_MATERIALS = re.compile(
    r"(?:哪些|什么|啥|哪几[样种份])(?:申请|申报|报名|证明|书面)?(?:材料(?!行业|产业)|手续|证件|资料|单据)"
)
_PAPERS = re.compile(
    r"材料|资料|证明|证件|凭证|申请[书表]|登记表|复印件|清单|名册|身份证|户口簿|执照|协议|报告|表格|持.{1,12}证"
)
_CONDITIONS = re.compile(r"(?:哪些|什么|啥|哪几[个项条])(?:样的)?(?:前提|申请|申报|准入|认定)?(?:条件|资格|前提)")
_REQUIRED = re.compile(
    r"条件|符合|具备|满足|前提|资格|方可|[达满不]到?\d|以上|以内|不足|应当|必须|的[，,]?(?:可以?|应当?)|基础上|对.{2,30}的|不[少低]于"
)
PENALTY = re.compile(
    r"(?:怎么|如何|咋|怎样)(?:个)?(?:处罚|处分|罚|惩罚|追责)|(?:什么|哪些|啥)(?:样的)?(?:处罚|惩罚|处分|后果|责任追究)|罚(?:多少|几|款多少|不罚)"
    r"|会不会(?:被|受|挨)?(?:处?罚|处分|追责)"
)
_PUNISHED = re.compile(
    r"罚|责令|处分|处以|追[回究缴]|取消|扣[减除发]|吊销|警告|没收|移送|约谈|不得|追责|问责|责任|通报|赔偿|暂停|终止|列入|收回|解除"
)
_BENEFIT = re.compile(
    r"(?:什么|哪些|啥|何种)(?:样的)?(?:奖励|优惠|补贴|补助|奖补|好处|扶持)|有没有(?:什么)?(?:奖励|优惠|补贴|补助|奖补|好处)"
)
_BENEFITS = re.compile(
    r"奖|补贴|补助|优惠|减[免征半按]|降低|免[费收征]|贴息|优先|支持|给予|资助|不收|下浮|折|收[益入]|分享"
)
_OFTEN = re.compile(
    r"(?:年|季|月|半年|周)度|每(?:[半一两二三四五六七八九十]?年|季|月|周|日|天|\d)|逐[年月季]|[按定]期|一[年季月周]一"
)
_MEMBERS = re.compile(
    r"由(?:谁|哪些人员?|哪几个人)(?:共同)?组成|(?:有|包括|包含)(?:谁|哪些人员?|哪几个人)(?=[？?。]*$)"
)
_MADE_OF = re.compile(r"组成|成员|包括|[：:]")
_TAKEN_FOR = re.compile(r"(?:当作|当成|看作|看成|视为|视作|作为)(?:是)?(?:什么|啥|何)")
_TAKEN_AS = re.compile("作为|视为|视作|当作|当成|看作|看成")
FORMS = (
    (_TAKEN_FOR, _TAKEN_AS),
    (_MEMBERS, _MADE_OF),
    (HOW_OFTEN, _OFTEN),
    (_WHICH_FILE, re.compile(r"《[^》]+》")),
    (_SEVERAL_FILES, re.compile(r"》[\s\S]*?《")),
    (_MEANING, _DEFINED),
    (re.compile(r"各?代表着?(?:什么|啥)"), re.compile(r"代表|分别(?:是|为|指)|是指|指的是")),
    (_WHICH_BODY, _BODY),
    (_ORIGIN, _CAUSED),
    (_LEVEL, _LEVELS),
    (_DAY, _DAYS),
    (_RECKONED, _RECKONS),
    (_MONTH, re.compile(r"\d+月")),
    (_MATERIALS, _PAPERS),
    (_CONDITIONS, _REQUIRED),
    (PENALTY, _PUNISHED),
    (_BENEFIT, _BENEFITS),
)
"""What a question asks for, and what a sentence must say to answer it."""
