'use client'

import { type ReactNode, useState } from 'react'
import { type Theme, themes, usePrefs } from '#stores/prefs.ts'
import { Amount } from '#ui/amount.tsx'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Card, CardHead, StatTile } from '#ui/card.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Checkbox, Field, PasswordField } from '#ui/field.tsx'
import { Icon, type IconName, iconNames } from '#ui/icon.tsx'
import { Logo } from '#ui/logo.tsx'
import { Progress, Steps } from '#ui/progress.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Skeleton, SkeletonRows } from '#ui/skeleton.tsx'
import { Switch } from '#ui/switch.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { toast } from '#ui/toast.store.ts'
import { Tooltip } from '#ui/tooltip.tsx'

/** Every component in every state and theme, for those who build screens. Nothing links here. */
export function GalleryScreen() {
  return (
    <main className="mx-auto grid max-w-6xl gap-10 p-5">
      <h1 className="font-display text-3xl font-bold">Gallery</h1>
      {themes.map((theme) => (
        <section
          key={theme}
          data-theme={theme}
          aria-label={theme}
          className="rounded-lg border border-line bg-bg p-5 text-fg"
        >
          <h2 className="mb-5 font-display text-xl font-bold">{theme}</h2>
          <Everything theme={theme} />
        </section>
      ))}
    </main>
  )
}

function Piece({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="grid content-start gap-4">
      <h3 className="text-sm font-semibold text-muted">{title}</h3>
      {children}
    </Card>
  )
}

function Everything({ theme }: { theme: Theme }) {
  const [amount, setAmount] = useState(200)
  const [choice, setChoice] = useState<'one' | 'two' | 'three'>('one')
  const [isOn, setOn] = useState(true)
  const [isOpen, setOpen] = useState(false)
  const set = usePrefs((prefs) => prefs.set)
  return (
    <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
      <Piece title="Button">
        <div className="flex flex-wrap gap-3">
          <Button>확인하기</Button>
          <Button look="secondary">Secondary</Button>
          <Button look="quiet">Quiet</Button>
          <Button look="danger">Danger</Button>
        </div>
        <div className="flex flex-wrap items-start gap-3">
          <Button busy busyLabel="처리하는 중…">
            Busy
          </Button>
          <Button offBecause="토큰이 5 부족해요" showReason>
            스핀
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button size="small">Small</Button>
          <Button size="large">Large</Button>
          <CopyButton text="5858" />
        </div>
      </Piece>
      <Piece title="Field">
        <Field label="닉네임" hint="2–16자" placeholder="네온" />
        <Field label="초대 코드" error="없는 코드예요." defaultValue="0000" />
        <Field label="초대 코드" verdict={{ tone: 'good', text: '쓸 수 있는 코드예요.' }} defaultValue="5858" />
        <PasswordField label="비밀번호" showLabel="보기" hideLabel="숨기기" defaultValue="neon-lights" />
        <Checkbox label="만 19세 이상이에요." error="만 19세 이상만 가입할 수 있어요." />
      </Piece>
      <Piece title="Choice">
        <Segmented
          label="Segmented"
          value={choice}
          options={[
            { value: 'one', label: '하나' },
            { value: 'two', label: '둘' },
            { value: 'three', label: '셋' },
          ]}
          onChange={setChoice}
        />
        <Switch label="소리" hint="처음에는 꺼져 있어요." checked={isOn} onChange={setOn} />
        <Tabs
          label="Tabs"
          value={choice}
          onChange={setChoice}
          tabs={[
            { value: 'one', label: '판별', content: <p>판별 내용</p> },
            { value: 'two', label: '방문별', content: <p>방문별 내용</p> },
          ]}
        />
        <Tooltip label="건 토큰 가운데 당첨으로 돌아온 몫이에요.">환급률</Tooltip>
      </Piece>
      <Piece title="Amount, badge, progress">
        <Amount value={amount} className="numerals text-4xl font-extrabold" />
        <div className="flex gap-3">
          <Button size="small" look="secondary" onClick={() => setAmount((n) => n + 12_345)}>
            +12,345
          </Button>
          <Button size="small" look="secondary" onClick={() => setAmount((n) => Math.max(0, n - 100))}>
            −100
          </Button>
        </div>
        <div className="flex flex-wrap gap-2">
          <Badge>STANDARD</Badge>
          <Badge tone="accent">PREMIUM</Badge>
          <Badge tone="gold">VIP</Badge>
          <Badge tone="pink">+14%</Badge>
          <Badge tone="good">완료</Badge>
          <Badge tone="bad">끝남</Badge>
        </div>
        <Progress label="Progress" value={62} max={100} />
        <Steps label="Steps" value={7} max={10} valueText="7 / 10" />
        <dl className="grid grid-cols-2 gap-3">
          <StatTile label="전체 판" value="1,204" />
          <StatTile label="합계" value="+350" tone="good" hint="오늘" />
        </dl>
      </Piece>
      <Piece title="Skeleton">
        <SkeletonRows rows={2} label="Loading" />
        <Skeleton className="h-12" />
      </Piece>
      <Piece title="Empty">
        <Empty picture="rounds" title="아직 한 판도 없어요" body="게임을 하면 결과가 여기에 남아요." />
      </Piece>
      <Piece title="Dialog, toast">
        <div className="flex flex-wrap gap-3">
          <Button look="secondary" size="small" onClick={() => setOpen(true)}>
            Dialog
          </Button>
          <Button look="secondary" size="small" onClick={() => toast({ tone: 'plain', text: '알려 드려요.' })}>
            Toast
          </Button>
          <Button look="secondary" size="small" onClick={() => toast({ tone: 'good', text: '저장했어요.' })}>
            Good
          </Button>
          <Button look="secondary" size="small" onClick={() => toast({ tone: 'bad', text: '저장하지 못했어요.' })}>
            Bad
          </Button>
          <Button look="secondary" size="small" onClick={() => set({ theme })}>
            Use this theme
          </Button>
        </div>
        <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="모든 기기에서 로그아웃할까요?" closeLabel="닫기">
          <p className="text-muted">이 기기도 함께 로그아웃돼요.</p>
          <Button onClick={() => setOpen(false)}>확인</Button>
        </Dialog>
      </Piece>
      <Card lit>
        <CardHead title="Lit card" end={<Logo />} />
        <p className="text-muted">At most one on a screen.</p>
      </Card>
      <Piece title="Icon">
        <div className="flex flex-wrap gap-3">
          {iconNames.map((name: IconName) => (
            <Icon key={name} name={name} className="size-6" />
          ))}
        </div>
      </Piece>
    </div>
  )
}
