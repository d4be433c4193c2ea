import sys
p='src/integrator/data/taxonomy/labels.csv'
lines=open(p,encoding='utf-8').read().split('\n')
new=[('C-SEATFOAM','fr','coussin de siège en mousse'),('C-SEATFOAM','fr','coussin mousse de siège'),('C-SEATFOAM','en','seat foam cushion'),('C-SEATFOAM','en','foam seat cushion'),
('P-HPDC','fr','fonderie alu sous pression'),('P-HPDC','fr','coulée alu sous pression'),('P-HPDC','fr','fonderie sous pression aluminium'),
('C-MBRACK','fr','platine'),('C-MBRACK','fr','platine de fixation')]
for c,l,t in new:
    if any(x.split(',')[3:4]==[t] and x.startswith(c+',') for x in lines): print('have',c,t); continue
    idx=[i for i,x in enumerate(lines) if x.startswith(f'{c},{l},alt,')]
    pos=next((i for i in idx if lines[i].split(',')[3]>t), idx[-1]+1)
    lines.insert(pos,f'{c},{l},alt,{t},trade')
open(p,'w',encoding='utf-8').write('\n'.join(lines))
